"""The register page.

A register row is gathered from every area: status and need (register), the open concern (concerns), the cycle
(support), what was delivered (provision), the next date (deadlines). The register's own slice stands below
provision and support and may not import them, so the page stands here, in front; the verbs and their pages stay
in `areas.register`. Both answer under the one namespace `register`: see urls.py.
"""
