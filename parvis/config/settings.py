from csp.constants import NONE, SELF

from . import environment as env

BASE_URL = env.text("PARVIS_BASE_URL", "http://localhost:8000").rstrip("/")
DEMO = env.flag("PARVIS_DEMO")
DEBUG = env.flag("PARVIS_DEBUG")
SECRET_KEY = env.secret_key()
OBJECTION_KEY = env.objection_key()
ALLOWED_HOSTS = env.text("PARVIS_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
HTTPS = BASE_URL.startswith("https://")
# How many servers of ours a request passes through before it: as many addresses are believed, from the right, of what
# X-Forwarded-For says; the rest of it, anyone writes. Without this, all visitors would be one to the limits.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("PARVIS_PROXIES")

INSTALLED_APPS = [
    "parvis.config",
    "parvis.pages",
    "parvis.demo",
    "parvis.rounds",
    "parvis.announcements",
    "parvis.delivery",
    "parvis.directory",
    "parvis.contacts",
    "parvis.photos",
    "parvis.accounts",
    "parvis.territory",
    "parvis.sirene",
    "parvis.law",
    "parvis.slips",
    "parvis.core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "parvis.core.middleware.PrivateMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "parvis.territory.middleware.TerritoryMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "parvis.core.middleware.RefusedMiddleware",
]

ROOT_URLCONF = "parvis.config.urls"
WSGI_APPLICATION = "parvis.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "parvis.pages.context.everywhere",
            ],
        },
    }
]

DATABASES = {"default": env.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "fr"  # the source; what has no English is read in French
LANGUAGES = [("fr", "Français"), ("en", "English")]
LANGUAGE_COOKIE_SAMESITE, LANGUAGE_COOKIE_HTTPONLY = "Lax", True
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"  # absolute: never under a territory's own prefix
STATIC_ROOT = env.var() / "static"
MEDIA_ROOT = env.var() / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Who signs in -------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
# Codes asked for: twenty a minute from one computer, forgotten within the minute. To one address: accounts/sign_in.py.
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "parvis.accounts.sign_in.Adapter"
ACCOUNT_FORMS = {
    "request_login_code": "parvis.accounts.forms.AddressForm",
    "confirm_login_code": "parvis.accounts.forms.CodeForm",
}
# An unknown address gets the same page and no message: nobody learns who is known here.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
# A passkey stands for the code: it is never asked for on top of it.
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}  # asked, then answered: fifteen a minute from one shop's computers
MFA_ADAPTER = "parvis.accounts.sign_in.PasskeyAdapter"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "pages:desk"
ACCOUNT_LOGOUT_REDIRECT_URL = "pages:home"

# --- What leaves --------------------------------------------------------------------------------------------------
EMAIL_BACKEND = "parvis.delivery.notices.NoticeBackend"
MAIL = env.text("PARVIS_MAIL", "outbox")  # "outbox", or smtp://user:password@host:port
MAIL_FROM = env.text("PARVIS_MAIL_FROM", "parvis@plateau.example" if DEMO else "parvis@localhost")
DEFAULT_FROM_EMAIL = MAIL_FROM
# Who runs Parvis, with the address: one line at the foot of each message (rule 12). Invented in the demo alone: see
# config/checks.py for a site that opens without it.
PUBLISHER = env.text(
    "PARVIS_PUBLISHER", "Les Enseignes du Plateau (démo), 2 place du Marché, 94440 Villecresnes" if DEMO else ""
)
# What the law asks a site to tell of itself (rule 12), and who answers about data and accessibility. Nothing is
# invented but in the demo: what is missing, the pages and the checks say.
LEGAL = {
    "publisher": PUBLISHER,
    "registration": env.text("PARVIS_REGISTRATION", "Association loi de 1901 (invention)" if DEMO else ""),
    "publication_director": env.text("PARVIS_DIRECTOR", "Claire Vasseur (personne inventée)" if DEMO else ""),
    "host_name": env.text("PARVIS_HOSTED_BY", "L’ordinateur qui montre cette démonstration" if DEMO else ""),
    "host_address": env.text("PARVIS_HOSTED_AT", "2 place du Marché, 94440 Villecresnes (invention)" if DEMO else ""),
    "host_phone": env.text("PARVIS_HOSTED_PHONE", "01 99 00 00 00" if DEMO else ""),
    "contact": env.text("PARVIS_CONTACT", "bonjour@plateau.example" if DEMO else ""),
}
OUTBOX = env.var() / "outbox"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Browsers -----------------------------------------------------------------------------------------------------
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
CSRF_FAILURE_VIEW = "parvis.core.middleware.no_token"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
# Believed only where the address says that a proxy ends HTTPS before us.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5_000_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # The worker's own words, as it starts and stops, are in English: our command says them.
    "loggers": {"parvis": {"level": "INFO"}, "django_tasks_db": {"level": "ERROR"}},
}
