"""What an editor does with the conflicts that a merge left."""


def settled(text: str, *, ours: bool) -> str:
    """Return a text with every conflict settled for one side, as an editor does it."""
    lines, side = [], ""
    for line in text.split("\n"):
        if line[:7] in ("<<<<<<<", "=======", ">>>>>>>"):
            side = "" if line[0] == ">" else line[0]
        elif side in ("", "<" if ours else "="):
            lines.append(line)
    return "\n".join(lines)
