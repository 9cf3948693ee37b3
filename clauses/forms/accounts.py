"""Forms of the account pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.models import User

from monitor.roles import ROLES


class WelcomeForm(forms.ModelForm):  # type: ignore[type-arg]
    """The first administrator's own user name, mail address and password."""

    password1 = forms.CharField(
        label="Password", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    password2 = forms.CharField(
        label="Password, once more",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = User
        fields: tuple[str, ...] = ("username", "email")
        help_texts = {"username": "", "email": "For alerts. You can add it later."}
        widgets = {
            "username": forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = "At least 10 characters, and not a common word."

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same one, and it is good enough."""
        cleaned = super().clean() or self.cleaned_data
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", "The two passwords differ.")
        elif first:
            try:
                password_validation.validate_password(first, User(username=cleaned.get("username", "")))
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return cleaned


class AccountForm(WelcomeForm):
    """The same for who came by a mail: the address is the one it was sent to."""

    class Meta(WelcomeForm.Meta):
        fields = ("username",)


class AskedAddressForm(forms.Form):
    """Where a mail about an account goes."""

    email = forms.EmailField(
        label="Mail address", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class InviteForm(AskedAddressForm):
    """Who is invited, to which role."""

    role = forms.ChoiceField(choices=[(role, role.capitalize()) for role in ROLES])


class AddressForm(AskedAddressForm):
    """Where a user's alerts shall go; empty for nowhere."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = False
        self.fields["email"].help_text = "Another one is used once you confirm it by the link in a mail."
