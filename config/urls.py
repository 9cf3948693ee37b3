"""All addresses of the site."""

from django.contrib import admin
from django.urls import include, path

handler404 = "clauses.views.errors.not_found"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("clauses.urls")),
]
