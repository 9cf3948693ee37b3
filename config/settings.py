"""placeholder"""
SECRET_KEY = "placeholder"
INSTALLED_APPS = ["monitor", "clauses"]
USE_TZ = True
