#include <algorithm>
#include <array>

#include "core/codes.h"
#include "pages/language.h"
#include "pages/views.h"
#include "pages/words.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

const Error* AddressOf(const std::optional<Error>& error) { return error ? &*error : nullptr; }

std::string ActionOf(const Presented& presented) {
    return presented.token.empty() ? "/register/" : "/register/" + presented.token + "/";
}

void SetInvitation(View& view, const Scene& scene, const Invitation& invitation,
                   const Presented& presented) {
    // Codes made on the console have no inviter whose name a guest would know.
    const bool by_person = !invitation.code.created_by_id.empty();
    view.Set("INVITER", by_person ? invitation.invited_by : "")
        .Set("INVITED_AS", InvitedAs(scene.catalogue(), invitation.code));
    view.Set("ACTION_URL", ActionOf(presented))
        .Set("PRESENTED_CODE", presented.token.empty() ? presented.code : "");
    AddTextWithLinks(view, "WELCOME_TEXT", invitation.code.welcome);
}

std::string TypedOr(const RegistrationPage& page, std::string_view name,
                    const std::string& otherwise) {
    const auto typed = page.typed.Find(name);
    return typed ? std::string(*typed) : otherwise;
}

// The core judges what is cheap first; people read from the top.
std::optional<Error> InOrderOfTheForm(std::optional<Error> error) {
    constexpr std::array<std::string_view, 5> kOrder = {"name", "email", "username", "password",
                                                        "password_confirm"};
    if (error)
        std::ranges::stable_sort(error->fields, {}, [&](const FieldError& field) {
            return std::ranges::find(kOrder, field.field) - kOrder.begin();
        });
    return error;
}

void AddRegistrationFields(View& view, const RegistrationPage& page) {
    const Code& code = page.invitation.code;
    const bool bound = !code.email.empty();
    const std::vector<FieldError> none;
    const auto& errors = page.error ? page.error->fields : none;
    const auto add = [&](const Field& field) { AddField(view, "FIELDS", "join", field, errors); };
    add({"text", "name", T("Name"), "", TypedOr(page, "name", code.name), {}, "name", "", "200"});
    add({"email",
         "email",
         T("Email"),
         bound ? T("This invitation is for this address alone.") : std::string(),
         bound ? code.email : TypedOr(page, "email", ""),
         {},
         "email",
         bound ? "readonly" : "required",
         "254"});
    add({"word",
         "username",
         T("Username"),
         T("What you log in with."),
         TypedOr(page, "username", ""),
         {},
         "username",
         "required",
         "150"});
    add({"newpassword",
         "password",
         T("Password"),
         T("At least 8 characters. A few unrelated words make a good one."),
         "",
         {},
         "new-password",
         "required",
         ""});
    add({"samepassword",
         "password_confirm",
         T("Password again"),
         "",
         "",
         {},
         "new-password",
         "required",
         ""});
}

}  // namespace

View ViewOf(const Scene& scene, const CodeBoxPage& page) {
    View view("registration/start");
    view.Flag("REQUESTS_OPEN", scene.config.requests_open);
    view.Set("TITLE", page.error ? Said(page.error->title) : T("I have a code"))
        .Flag("INVALID", page.error.has_value());
    const std::vector<FieldError> errors =
        page.error ? std::vector<FieldError>{{"code", page.error->reason, page.error->title}}
                   : std::vector<FieldError>{};
    AddField(view, "FIELDS", "box",
             {"code",
              "code",
              T("Invite code"),
              T("8 letters and digits. Small letters and spaces are fine."),
              page.typed,
              {},
              "off",
              "required",
              "64"},
             errors);
    return view;
}

View ViewOf(const Scene& scene, const RegistrationPage& page) {
    View view("registration/form");
    view.Set("TITLE", T("Create your account")).Set("IDEMPOTENCY_KEY", page.idempotency_key);
    SetInvitation(view, scene, page.invitation, page.presented);
    AddRegistrationFields(view, page);
    const auto error = InOrderOfTheForm(page.error);
    SetErrors(view, "join", AddressOf(error));
    return view;
}

namespace {

// As zxcvbn counts: 20 bits resist guessing through our own log-in, 30 a slow attack, 45 a thief
// of the database.
int StrengthOf(const PasswordVerdict& verdict) {
    constexpr std::array kSteps = {20.0, 30.0, 45.0};
    if (!verdict.reason.empty()) return 1;
    return 1 + static_cast<int>(std::ranges::count_if(
                   kSteps, [&](double bits) { return verdict.guess_bits >= bits; }));
}

std::string StrengthInWords(int strength) {
    return strength <= 2   ? T("Good enough. One more word makes it better.")
           : strength == 3 ? T("A good password.")
                           : T("A very good password.");
}

}  // namespace

View ViewOf(const Scene&, const PasswordPage& page) {
    View view("registration/password");
    const int strength = StrengthOf(page.verdict);
    const bool is_refused = !page.verdict.reason.empty();
    view.Set("TITLE", T("Password"));
    view.Set("STRENGTH", page.password.empty() ? "" : std::to_string(strength));
    view.Set("STRENGTH_WORDS", page.password.empty() ? ""
                               : is_refused          ? WithFullStop(Said(page.verdict.message))
                                                     : StrengthInWords(strength));
    view.Set("SAMENESS_WORDS", page.again.empty()            ? ""
                               : page.again == page.password ? T("The passwords match.")
                                                             : T("The passwords differ."));
    return view;
}

View ViewOf(const Scene& scene, const AddAccessPage& page) {
    View view("registration/add");
    view.Set("TITLE", T("Add access to your account"));
    SetInvitation(view, scene, page.invitation, page.presented);
    view.List("GRANTED");
    for (const AircraftGrant& grant : page.invitation.code.aircraft_roles)
        view.Add("GRANTED")
            .Set("REGISTRATION", grant.registration)
            .Set("AIRCRAFT_ROLE", AircraftRoleLabel(scene.catalogue(), grant.role));
    view.Set("HELD", page.held.empty() ? "" : AccessSummary(page.held))
        .Set("AIRCRAFT_NOUN", T(scene.catalogue().aircraft_noun));
    SetErrors(view, "add", AddressOf(page.error));
    return view;
}

View ViewOf(const Scene& scene, const WelcomePage& page) {
    View view("registration/welcome");
    const Account& me = page.me.account;
    view.Set("TITLE", T("You are in")).Set("FIRST_NAME", me.name.empty() ? me.username : me.name);
    view.Set("MY_USERNAME", me.username).Set("ROLE", RoleLabel(scene.catalogue(), me.role));
    view.Set("TASK_GROUP", TaskGroupLabel(scene.catalogue(), me.task_group));
    view.List("GRANTED");
    for (const AircraftGrant& grant : page.me.aircraft_access)
        view.Add("GRANTED")
            .Set("REGISTRATION", grant.registration)
            .Set("AIRCRAFT_ROLE", AircraftRoleLabel(scene.catalogue(), grant.role));
    SetMoment(view, "ENDS", me.ends_at, scene);
    return view;
}

View ViewOf(const Scene& scene, const LoginPage& page) {
    View view("sessions/login");
    view.Flag("REQUESTS_OPEN", scene.config.requests_open);
    view.Set("TITLE", T("Log in")).Set("NEXT", page.next);
    AddField(view, "FIELDS", "login",
             {"word",
              "username",
              T("Username or email"),
              "",
              page.typed,
              {},
              "username",
              "required",
              "254"},
             {});
    AddField(view, "FIELDS", "login",
             {"password", "password", T("Password"), "", "", {}, "current-password", "required"},
             {});
    SetErrors(view, "login", AddressOf(page.error));
    return view;
}

View ViewOf(const Scene&, const LogoutPage&) {
    View view("sessions/logout");
    view.Set("TITLE", T("Log out"));
    return view;
}

void AddTextWithLinks(View& view, std::string_view list, std::string_view text) {
    view.List(list);
    const auto add = [&](std::string_view words, std::string_view url) {
        if (!words.empty()) view.Add(list).Set("WORDS", words).Set("LINK_URL", url);
    };
    while (!text.empty()) {
        const auto start = std::min(text.find("https://"), text.find("http://"));
        if (start == text.npos) break;
        add(text.substr(0, start), "");
        text.remove_prefix(start);
        std::string_view url = text.substr(0, text.find_first_of(" \t\r\n<>\""));
        while (!url.empty() &&
               std::string_view(".,;:!?)'").find(url.back()) != std::string_view::npos)
            url.remove_suffix(1);
        add(url, url);
        text.remove_prefix(url.size());
    }
    add(text, "");
}

}  // namespace ostiary::pages
