"""Every setting of the portal, read from the environment (see .env.example); a wrong value stops the start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.contrib.messages import constants as message_levels
from django.core.exceptions import ImproperlyConfigured

from plan_tracker.lib.environment import env, names, text, truth, whole_number
from plan_tracker.mail_settings import mail, portal_url
from plan_tracker.storage_settings import attachment_storage

BASE_DIR = Path(__file__).resolve().parent.parent


def secret_key(*, debug: bool, kept: Path) -> str:
    """Return SECRET_KEY, the content of SECRET_KEY_FILE, or what `make run` keeps; only a debug server needs none."""
    value = text("SECRET_KEY")
    key_file = text("SECRET_KEY_FILE", default=str(kept) if kept.exists() else "")
    if not value and key_file:
        try:
            value = Path(key_file).read_text(encoding="utf-8").strip()
        except OSError as error:
            msg = f"SECRET_KEY_FILE names {key_file}, which cannot be read: {error.strerror}."
            raise ImproperlyConfigured(msg) from error
    if value or debug:
        return value or "only-for-a-debug-server-on-this-machine"
    msg = "SECRET_KEY is missing: set SECRET_KEY or SECRET_KEY_FILE; only with DEBUG=1 may it be left out."
    raise ImproperlyConfigured(msg)


def database() -> dict[str, Any]:
    """Return the default connection: DATABASE_URL, else an SQLite file made safe for several writers."""
    url = text("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'data' / 'plan_tracker.sqlite3'}")
    try:
        config: dict[str, Any] = env.db_url_config(url)
    except (ValueError, KeyError) as error:
        msg = "DATABASE_URL cannot be read: write sqlite:///path or postgres://user:password@host:port/name."
        raise ImproperlyConfigured(msg) from error
    engine = config.get("ENGINE", "")
    kept_open = whole_number("CONN_MAX_AGE", default=600)
    if engine == "django.db.backends.sqlite3":
        name = str(config["NAME"])
        if name != ":memory:":
            Path(name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        }
        config["CONN_MAX_AGE"] = None
    elif engine == "django.db.backends.postgresql":
        config["CONN_MAX_AGE"] = kept_open
        config["CONN_HEALTH_CHECKS"] = True
        # A pooler lends a server connection for one transaction only; a cursor kept on the server would outlive it.
        config["DISABLE_SERVER_SIDE_CURSORS"] = truth("DATABASE_POOLED", default=False)
    else:
        msg = f"DATABASE_URL names {engine or 'an unknown database'}: the portal runs on SQLite and PostgreSQL."
        raise ImproperlyConfigured(msg)
    return config


def cache() -> dict[str, Any]:
    """Return the default cache: CACHE_URL, else one that only this process sees."""
    url = text("CACHE_URL")
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    try:
        return dict(env.cache_url_config(url))
    except (ValueError, KeyError, ImproperlyConfigured) as error:
        msg = "CACHE_URL cannot be read: write dbcache://table_name or redis://host:port/number."
        raise ImproperlyConfigured(msg) from error


def log_level() -> str:
    """Return LOG_LEVEL as the logging library knows it."""
    level = text("LOG_LEVEL", default="INFO").upper()
    if level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ImproperlyConfigured(f"LOG_LEVEL is “{level}”: write DEBUG, INFO, WARNING or ERROR.")
    return level


DEBUG = truth("DEBUG", default=False)
SECRET_KEY = secret_key(debug=DEBUG, kept=BASE_DIR / ".secret_key")
ALLOWED_HOSTS = names("ALLOWED_HOSTS", default=("127.0.0.1", "localhost", "[::1]"))
CSRF_TRUSTED_ORIGINS = names("CSRF_TRUSTED_ORIGINS")
WEB_PROCESSES = whole_number("WEB_PROCESSES", default=1, least=1)

INSTALLED_APPS = [
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "plan_tracker",
    "plan_tracker.audit",
    "plan_tracker.jobs",
    "plan_tracker.accounts",
    "tasks",
    "targets",
    "reports",
    "plan_tracker.administration.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "import_export",
    "django_htmx",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "plan_tracker.lib.head_requests.HeadMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "plan_tracker.lib.headers.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "plan_tracker.lib.headers.PrivatePagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "plan_tracker.plan_address.PlanAddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "plan_tracker.audit.middleware.AuditMiddleware",
    # Before the carrying of forms: a form that waits is sent again only to a screen that is not locked.
    "plan_tracker.accounts.idle.IdleLockMiddleware",
    "plan_tracker.accounts.carrying.CarriedFormMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "plan_tracker.accounts.passwords.NewPasswordMiddleware",
    "plan_tracker.accounts.language.ChosenLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "plan_tracker.secrecy.SecrecyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "plan_tracker.urls"
WSGI_APPLICATION = "plan_tracker.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reports.context.portal",
            ],
            "builtins": ["plan_tracker.templatetags.portal", "django.templatetags.i18n"],
        },
    },
]

DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHE_URL = text("CACHE_URL")
CACHES = {"default": cache()}
# A cache that only one process sees would show another process an old session: sign-outs would not hold.
SESSION_ENGINE = (
    "plan_tracker.accounts.sessions_cached" if CACHE_URL or WEB_PROCESSES == 1 else "plan_tracker.accounts.sessions"
)
SESSION_COOKIE_AGE = whole_number("SESSION_HOURS", default=10, least=1) * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "plan_tracker.accounts.password_length.LengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
MESSAGE_TAGS = {message_levels.DEBUG: "info", message_levels.WARNING: "warn"}
# An administrator's session opens nothing before a second factor has proved it.
ADMINISTRATORS_NEED_SECOND_FACTOR = True
OTP_TOTP_ISSUER = "Plan Tracker"
# After how many minutes without a page the password is asked again.
IDLE_MINUTES = 15
IDLE_MINUTES_OF_ADMINISTRATORS = 5
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "reports:home"
LOGOUT_REDIRECT_URL = "accounts:sign_in"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_ENABLE_ADMIN = False
AXES_CLIENT_IP_CALLABLE = "plan_tracker.lib.addresses.client_address"
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_ENABLE_ACCESS_FAILURE_LOG = False

# Where links in mails and calendars lead; never taken from what a visitor's browser says the host is called.
PORTAL_URL = portal_url(text("PORTAL_URL"))
EMAIL_URL = text("EMAIL_URL")
EMAIL_TIMEOUT = 10
globals().update(mail(env, EMAIL_URL))
DEFAULT_FROM_EMAIL = text("EMAIL_FROM", default="plan-tracker@localhost")

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "plan_tracker" / "locale"]
FORMAT_MODULE_PATH = ["plan_tracker.formats"]
USE_I18N = USE_TZ = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "static/"
STATIC_ROOT = Path(text("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
MEDIA_ROOT = Path(text("MEDIA_ROOT", default=str(BASE_DIR / "data" / "attachments")))
STORAGES = {
    "default": attachment_storage(
        text("S3_BUCKET"), text("S3_ENDPOINT_URL"), text("S3_REGION_NAME"), text("S3_ACCESS_KEY"), text("S3_SECRET_KEY")
    ),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
HTTPS = truth("HTTPS", default=False)
if DEBUG and HTTPS:
    raise ImproperlyConfigured(
        "DEBUG is 1 on a portal that HTTPS says is in use: pages of errors would show its inside."
    )
SECURE_SSL_REDIRECT = HTTPS
BEHIND_PROXY = truth("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "plan_tracker.accounts.carrying.csrf_failure"
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"

IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
if text("S3_BUCKET"):
    # A file that was tried out on one server may be confirmed on another.
    IMPORT_EXPORT_TMP_STORAGE_CLASS = "import_export.tmp_storages.MediaStorage"

# What does each kind of long job (manage.py work), and what tells whoever asked that it is over.
LONG_JOBS = {
    "import": "plan_tracker.loading.jobs.load",
    "export": "plan_tracker.loading.jobs.save",
    "audit-trail": "plan_tracker.jobs.trail.save",
    "password-link": "plan_tracker.accounts.links.write_letter",
}
JOB_NOTICE = "reports.notices.tell_of_job"

# Verdicts (design §5): the share of the planned path from which an indicator is on track, or at risk.
VERDICT_ON_TRACK = "1"
VERDICT_AT_RISK = "0.85"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": log_level()},
    "loggers": {"axes": {"level": "WARNING"}},
}
