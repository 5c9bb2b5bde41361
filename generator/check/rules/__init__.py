"""The rules, one module each, in a package for each family; a module here is found without being named elsewhere."""
