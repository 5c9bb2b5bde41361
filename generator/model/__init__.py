"""What a record is: frozen values without I/O."""
