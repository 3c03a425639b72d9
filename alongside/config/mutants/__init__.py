"""How well the tests of the law would notice a mistake: `make mutants`.

Every rule, list and function of `alongside/law` is changed in one place at a time, and law's own tests are run. A change
that no test notices is a *survivor*: a test is missing, or the change says the same in other words. Docs/decisions/0017
says why this is ours: the tools there are change function bodies only, and most of the law is values.
"""
