"""One app for each part of the SEND policy that owns a table. docs/policy-map.md says which is which."""
