"""What every job of a build shares: plain values, so that a job can run in any process."""

from functools import cached_property
from pathlib import Path

import jinja2
from msgspec import Struct

from generator.build.frame import make_renderer
from generator.build.grounds import Grounds
from generator.check.fingerprint import canonical
from generator.check.policy import Policy, PublicFindings
from generator.plan.planned import key_of
from generator.render.renderer import Renderer
from generator.render.shell import Shell


class Parts(Struct, frozen=True):
    """What a build makes besides the pages; all of it, but for measuring how long each takes."""

    checks: bool = True
    exports: bool = True


ALL_PARTS = Parts()


class Common(Grounds, frozen=True, dict=True, kw_only=True):
    """All that the records of all units have in common when pages are made of them."""

    shell: Shell
    parts: Parts
    theme_key: bytes
    """Digest of the theme's and the project's own styles, scripts and pictures."""
    site_cache: Path
    """Folder of what was made of each unit for this site."""
    template_digests: dict[str, bytes]
    """See `templates.template_digests`."""

    @property
    def asks_rules(self) -> bool:
        """Whether rules are asked at all."""
        return self.parts.checks

    @property
    def source_place(self) -> Path:
        """Where the digest of the rules is kept."""
        return self.site_cache / "source"

    @cached_property
    def policy(self) -> Policy:
        """What of the rules' results may be seen."""
        return Policy(PublicFindings(self.settings.public_findings), internal=self.settings.internal)

    @cached_property
    def renderer(self) -> Renderer:
        """What renders pages, with templates that are loaded once for all of them."""
        return make_renderer(self.settings, self.shell, self.tool)

    @cached_property
    def form_environment(self) -> jinja2.Environment:
        """What draws forms for documents."""
        # Needed by the few sites alone that offer documents.
        from generator.exchange.form_grids import form_environment  # noqa: PLC0415

        return form_environment(self.settings.template_dirs)

    @cached_property
    def comparing_key(self) -> bytes:
        """Digest of what decides what two versions of a record are told to differ in, themselves aside.

        Packs and the registry are none of it, see `version_changes`.
        """
        return self.decoding_key

    @cached_property
    def page_key(self) -> bytes:
        """Digest of what every page depends on."""
        settings = self.settings
        shown = (
            settings.site_name,
            settings.site_description,
            settings.site_url,
            settings.publisher,
            settings.root_path,
        )
        return key_of(self.tool, shown, canonical(self.policy), self.shell.digest, self.parts.checks)
