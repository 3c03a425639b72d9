"""All settings. Every variable is read through kit.env; docs/reference/settings.md lists them."""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pghistory
from csp.constants import NONE, SELF

from alongside.kit import env
from alongside.kit.env import Misconfigured

BASE_DIR = Path(__file__).resolve().parents[2]

# --- What kind of running copy this is -------------------------------------------------------------------
DEMO = env.flag("ALONGSIDE_DEMO", False, "A copy to play in: invented pupils, sign-in by choosing a card.")
DEBUG = env.flag("ALONGSIDE_DEBUG", False, "Show errors in the page. Never with real pupils.")
ALLOWED_HOSTS = env.words("ALONGSIDE_HOSTS", ["localhost", "127.0.0.1", "[::1]"], "Names this copy answers to.")
SECRET_KEY = env.secret("ALONGSIDE_SECRET_KEY", "Signs sessions. Needed wherever ALONGSIDE_HOSTS is set.")
HTTPS = env.flag("ALONGSIDE_HTTPS", False, "Served over HTTPS: secure cookies and strict transport security.")

_LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "testserver"}
PRODUCTION = bool(set(ALLOWED_HOSTS) - _LOCAL_HOSTS) or HTTPS
if PRODUCTION and DEMO:
    raise Misconfigured(
        "ALONGSIDE_DEMO lets anybody sign in as anybody. It cannot stand beside ALONGSIDE_HOSTS or ALONGSIDE_HTTPS."
    )
if PRODUCTION and DEBUG:
    raise Misconfigured("ALONGSIDE_DEBUG shows pupils' data in error pages. It cannot be used in production.")
if "*" in ALLOWED_HOSTS:
    raise Misconfigured("ALONGSIDE_HOSTS must name its hosts. With * a link in a mail could lead to anybody's.")
if PRODUCTION and 0 < len(SECRET_KEY) < 32:
    raise Misconfigured("ALONGSIDE_SECRET_KEY should have 32 characters or more, made by chance.")
if not SECRET_KEY:
    if PRODUCTION:
        raise Misconfigured("Set ALONGSIDE_SECRET_KEY (or ALONGSIDE_SECRET_KEY_FILE) to a long random text.")
    SECRET_KEY = "only-for-trying-alongside-on-this-machine"

# --- Database: PostgreSQL 15 or later, nothing else ------------------------------------------------------
_AS_OWNER = env.text("ALONGSIDE_DB_AS", "app", "Set by the command line when it migrates.") == "owner"
_APP_URL = env.text("DATABASE_URL", "", "postgresql://… of the application. Empty: the embedded server.")
_OWNER_URL = env.text("DATABASE_OWNER_URL", "", "The same database as the owner of its tables, for migrations.")

POOLED = env.flag(
    "ALONGSIDE_POOLED", False, "Behind a pooler that lends a connection for each transaction: no prepared statements."
)


def database(url: str, *, as_app: bool) -> dict[str, object]:
    """A postgres:// address as Django's settings. Raises Misconfigured for any other database."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise Misconfigured("DATABASE_URL should start with postgresql://. Alongside runs on PostgreSQL only.")
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    host = query.pop("host", None) or parts.hostname or ""
    port = query.pop("port", None) or parts.port or ""
    # A page's statements are the same each time, so the server plans them once and keeps the plan.
    options: dict[str, object] = {"server_side_binding": True, "prepare_threshold": None if POOLED else 2, **query}
    if as_app:
        options["assume_role"] = "alongside_app"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": options,
        "TEST": {"NAME": None},
    }


DATABASES = {
    "default": database(
        (_OWNER_URL or _APP_URL if _AS_OWNER else _APP_URL) or "postgresql://nobody@/alongside?host=/nonexistent",
        as_app=not _AS_OWNER and "alongside_app@" not in _APP_URL and bool(_APP_URL),
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Parts ----------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "alongside.base.schools",
    "alongside.base.people",
    "alongside.base.access",
    "alongside.base.history",
    "alongside.base.pupils",
    "alongside.base.deadlines",
    "alongside.base.documents",
    "alongside.base.notices",
    "alongside.areas.assessment",
    "alongside.areas.clocks",
    "alongside.areas.cover",
    "alongside.areas.morning",
    "alongside.areas.duties",
    "alongside.areas.concerns",
    "alongside.areas.register",
    "alongside.areas.identification",
    "alongside.areas.policy",
    "alongside.areas.provision",
    "alongside.areas.support",
    "alongside.areas.classroom",
    "alongside.areas.departures",
    "alongside.areas.changes",
    "alongside.areas.workforce",
    "alongside.areas.training",
    "alongside.fronts.desk",
    "alongside.fronts.portal",
    "alongside.fronts.exchange",
    "alongside.design",
    "alongside.config",  # for its commands
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "alongside.base.access.middleware.EnterMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "alongside.config.urls"
WSGI_APPLICATION = "alongside.config.wsgi.application"

_CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.messages.context_processors.messages",
    "alongside.config.context.page",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "alongside.design.environment.environment",
            "context_processors": _CONTEXT,
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT},
    },
]

# --- Language and time ----------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# --- Files served ---------------------------------------------------------------------------------------
STATIC_URL = "/static/"
# `alongside assets` builds into it, hashed names and their list included: collectstatic is never run.
STATIC_ROOT = BASE_DIR / "build" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
UPLOADS = BASE_DIR / ".data" / "uploads"
UPLOAD_LIMIT = 300_000_000

# --- Signing in -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["alongside.base.access.backends.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ["email"]}},
]  # fmt: skip
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
INDUCTION_PAGE = "policy:induction"  # where a new member of staff is led while pupil data are shut
SECOND_STEP = not DEMO
ACCOUNT_ADAPTER = "alongside.base.people.adapter.Adapter"
SOCIALACCOUNT_ADAPTER = "alongside.base.people.adapter.SocialAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_ADAPTER = "alongside.base.people.adapter.SecondStep"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Alongside"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
_OIDC = [
    (key, env.text(f"{name}_CLIENT_ID", "", f"{says}: client id."), env.secret(f"{name}_SECRET", f"{says}: secret."),
     env.text(f"{name}_SERVER", default, f"{says}: address of its OpenID configuration."), says)
    for key, name, default, says in (
        ("entra", "ALONGSIDE_ENTRA", "", "Microsoft Entra"),
        ("google", "ALONGSIDE_GOOGLE", "https://accounts.google.com", "Google"),
    )
]  # fmt: skip


def directory(key: str, server: str) -> dict[str, object]:
    """How far a directory is believed. Raises Misconfigured for one in which strangers write their own addresses.

    Entra vouches for no address, but within one tenant only its administrators set them. Google says which it has seen.
    """
    shared = {"common", "organizations", "consumers"} & set(server.split("/"))
    if key == "entra" and shared:
        raise Misconfigured("ALONGSIDE_ENTRA_SERVER must name the trust's own tenant: the others let in anybody's.")
    return {"server_url": server, "verified_email": key == "entra"}


# A form may lead to the trust's own sign-in page, and nowhere else.
_SIGN_IN_HOSTS = [
    f"{parts.scheme}://{parts.netloc}"
    for _, client, secret, server, _ in _OIDC
    if client and secret and (parts := urlsplit(server)).netloc
]
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {"provider_id": key, "name": says, "client_id": client, "secret": secret,
             "settings": directory(key, server)}
            for key, client, secret, server, says in _OIDC
            if client and secret and server
        ],
    }
}  # fmt: skip

# --- Sessions and headers -------------------------------------------------------------------------------
SESSION_ENGINE = "alongside.base.access.sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = env.words("ALONGSIDE_ORIGINS", [], "https:// addresses that forms may come from.")
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *_SIGN_IN_HOSTS],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

# --- Row history, jobs, mail, logs ----------------------------------------------------------------------
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_CONTEXT_ID_FIELD = pghistory.ContextUUIDField(null=True)
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(db_index=True)
PROCRASTINATE_IMPORT_PATHS = ["alongside.config.jobs"]
PROCRASTINATE_ON_APP_READY = "alongside.config.jobs.add_blueprint"
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if env.text("ALONGSIDE_MAIL_HOST", "", "Mail server.")
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = env.text("ALONGSIDE_MAIL_HOST", "", "Mail server.")
EMAIL_PORT = env.number("ALONGSIDE_MAIL_PORT", 587, "Its port.")
EMAIL_HOST_USER = env.text("ALONGSIDE_MAIL_USER", "", "Name to sign in with.")
EMAIL_HOST_PASSWORD = env.secret("ALONGSIDE_MAIL_PASSWORD", "And its password.")
EMAIL_USE_TLS = True
# The address that links in mail begin with: a job has no request to take it from.
ADDRESS = env.text("ALONGSIDE_ADDRESS", "", "Where this copy is reached, for links in mail: https://send.example.org.")
if not ADDRESS:
    _host = next((host for host in ALLOWED_HOSTS if host not in _LOCAL_HOSTS), "")
    ADDRESS = f"http{'s' if HTTPS else ''}://{_host}" if _host else f"http://localhost:{os.environ.get('PORT', '8000')}"
DEFAULT_FROM_EMAIL = env.text("ALONGSIDE_MAIL_FROM", "alongside@localhost", "Whom mail comes from.")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "alongside.kit.logs.Discreet",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # 'Not Found: /family/enter/…' tells a reader of logs addresses and nothing else; what broke is still told.
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {
        "handlers": ["console"],
        "level": env.text("ALONGSIDE_LOG", "WARNING", "Least level that is logged."),
    },
}
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]
