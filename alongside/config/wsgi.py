"""What the web server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
application = get_wsgi_application()
assert get_resolver().url_patterns  # every page is imported now, not while the first person waits

# What is loaded by now stays, so the garbage collector need not look at it again. A page makes some ten thousand small
# values and drops them without cycles: looking through them every 700, as Python does, is a tenth of its time.
gc.freeze()
gc.set_threshold(20_000, 20, 50)
