"""The first question of the sign-in, which may always be asked again."""

from allauth.account.views import RequestLoginCodeView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse

SENT_AGAIN = "Si un compte existe à cette adresse, un nouveau code vient d’y partir. Le précédent ne sert plus."


class AddressView(RequestLoginCodeView):  # type: ignore[misc]
    """A code that is waited for locks nobody out of the question: whoever mistyped the address changes it, and whoever
    got nothing asks again. Both count in the same limit as the first code, so that no stranger's mailbox is filled."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: object) -> None:
        """allauth would send back to the code, whatever the address was."""

    def form_valid(self, form: object) -> HttpResponse:
        # Said to everyone alike: it does not tell whether the address is known.
        if "again" in self.request.POST:
            messages.success(self.request, SENT_AGAIN)
        answer: HttpResponse = super().form_valid(form)
        return answer
