#include "pages/reset_views.h"

#include "http/forms.h"
#include "pages/language.h"

namespace ostiary::pages {
View ViewOf(const Scene& scene, const ResetStartPage& page) {
    View view("reset/start");
    view.Set("TITLE", page.step == ResetStep::kLinkIsDead ? T("This link does not work any more")
                                                          : T("Forgotten your password?"));
    view.Flag("IS_ASKED", page.step == ResetStep::kAsked)
        .Flag("IS_DEAD", page.step == ResetStep::kLinkIsDead)
        .Flag("SENDS_MAIL", scene.config.SendsMail());
    AddField(
        view, "FIELDS", "reset",
        {"word", "username", T("Username or email"), "", "", {}, "username", "required", "254"},
        {});
    return view;
}

View ViewOf(const Scene&, const ResetFormPage& page) {
    View view("reset/form");
    view.Set("TITLE", T("Choose a new password"))
        .Set("USERNAME", page.account.username)
        .Set("ACTION_URL", "/password-reset/" + page.token + "/");
    const std::vector<FieldError> none;
    const auto& errors = page.error ? page.error->fields : none;
    AddField(view, "FIELDS", "reset",
             {"newpassword",
              "password",
              T("New password"),
              T("At least 8 characters. A few unrelated words make a good one."),
              "",
              {},
              "new-password",
              "required"},
             errors);
    AddField(view, "FIELDS", "reset",
             {"samepassword",
              "password_confirm",
              T("New password again"),
              "",
              "",
              {},
              "new-password",
              "required"},
             errors);
    SetErrors(view, "reset", page.error ? &*page.error : nullptr);
    return view;
}

View ViewOf(const Scene& scene, const ResetLinkPage& page) {
    View view("reset/link");
    view.Set("TITLE", T("Password reset link for {}", page.link.account.username));
    view.Set("USERNAME", page.link.account.username)
        .Set("USER_EMAIL", page.link.account.email)
        .Set("BACK_URL", "/admin/users/" + page.link.account.id + "/");
    view.Flag("IS_MAILED", page.link.is_mailed);
    view.Set("RESET_URL", page.link.url)
        .Set("MAIL_REST",
             EncodeQueryValue(page.link.account.email) +
                 "?subject=" + EncodeQueryValue(T("Your new password")) + "&body=" +
                 EncodeQueryValue(T("Choose a new password here: {}", page.link.url) + "\r\n"));
    SetMoment(view, "EXPIRES", page.link.expires_at, scene);
    return view;
}

}  // namespace ostiary::pages
