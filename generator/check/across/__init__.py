"""One record beside another: promises and reports, years, copies."""
