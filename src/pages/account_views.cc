#include <algorithm>
#include <array>

#include "core/tokens.h"
#include "pages/language.h"
#include "pages/views.h"
#include "pages/words.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

// Offered while typing; any IANA name is taken.
constexpr std::array<std::string_view, 24> kCommonZones = {"UTC",
                                                           "Europe/London",
                                                           "Europe/Berlin",
                                                           "Europe/Paris",
                                                           "Europe/Madrid",
                                                           "Europe/Vienna",
                                                           "Europe/Zurich",
                                                           "Europe/Athens",
                                                           "Europe/Helsinki",
                                                           "Africa/Cairo",
                                                           "Africa/Lagos",
                                                           "Asia/Dubai",
                                                           "Asia/Kolkata",
                                                           "Asia/Singapore",
                                                           "Asia/Shanghai",
                                                           "Asia/Tokyo",
                                                           "Australia/Sydney",
                                                           "Pacific/Auckland",
                                                           "America/Halifax",
                                                           "America/New_York",
                                                           "America/Chicago",
                                                           "America/Denver",
                                                           "America/Los_Angeles",
                                                           "America/Sao_Paulo"};

// "Chrome on Android" out of what a browser says about itself; good enough to tell one's devices
// apart.
std::string DeviceOf(std::string_view user_agent) {
    const auto has = [&](std::string_view word) {
        return user_agent.find(word) != std::string_view::npos;
    };
    const std::string_view browser = has("Firefox/")                   ? "Firefox"
                                     : has("Edg/")                     ? "Edge"
                                     : has("OPR/")                     ? "Opera"
                                     : has("Chrome/") || has("CriOS/") ? "Chrome"
                                     : has("Safari/")                  ? "Safari"
                                                                       : "";
    const std::string_view system = has("Android")                 ? "Android"
                                    : has("iPhone") || has("iPad") ? "iOS"
                                    : has("Windows")               ? "Windows"
                                    : has("Mac OS X")              ? "macOS"
                                    : has("Linux")                 ? "Linux"
                                                                   : "";
    if (browser.empty())
        return user_agent.empty() ? T("Unknown device")
                                  : std::string(user_agent.substr(0, user_agent.find(' ')));
    return std::string(browser) + (system.empty() ? "" : " on " + std::string(system));
}

const std::vector<FieldError>& ErrorsOf(const AccountPageFacts& page, std::string_view form) {
    static const std::vector<FieldError> none;
    return page.error && page.form == form ? page.error->fields : none;
}

std::string TypedIn(const AccountPageFacts& page, std::string_view form, std::string_view name,
                    std::string otherwise) {
    return page.form == form ? Typed(page.typed, name) : otherwise;
}

void AddProfile(View& view, const Scene& scene, const AccountPageFacts& page) {
    const Account& me = page.me.account;
    view.Set("MY_USERNAME", me.username)
        .Set("MY_EMAIL", me.email)
        .Set("ROLE", RoleLabel(scene.catalogue(), me.role));
    view.Set("TASK_GROUP", TaskGroupLabel(scene.catalogue(), me.task_group));
    view.Flag("IS_SUPERUSER", me.is_superuser)
        .Flag("IS_STAFF", me.is_staff)
        .Set("AIRCRAFT_NOUN", T(scene.catalogue().aircraft_noun));
    SetMoment(view, "JOINED", me.joined_at, scene);
    SetMoment(view, "ENDS", me.ends_at, scene);
    view.List("ACCESS").List("ZONES");
    view.Set("JOINED_WITH", page.access.joined_with);
    for (const HeldRole& held : page.access.roles) {
        View& row = view.Add("ACCESS");
        row.Set("REGISTRATION", held.grant.registration)
            .Set("AIRCRAFT_ROLE", AircraftRoleLabel(scene.catalogue(), held.grant.role))
            .Set("BY_CODE", held.by_code);
        SetMoment(row, "SINCE", held.since, scene);
    }
    for (const std::string_view zone : kCommonZones) view.Add("ZONES").Set("ZONE_NAME", zone);
    const auto& errors = ErrorsOf(page, "profile");
    AddField(view, "PROFILE_FIELDS", "profile",
             {"text",
              "name",
              T("Name"),
              "",
              TypedIn(page, "profile", "name", me.name),
              {},
              "name",
              "",
              "200"},
             errors);
    AddField(view, "PROFILE_FIELDS", "profile",
             {"zone", "time_zone", T("Time zone"),
              T("Times are shown and taken in it, such as Europe/Berlin. Blank: UTC."),
              TypedIn(page, "profile", "time_zone", me.time_zone)},
             errors);
}

void AddPassword(View& view, const AccountPageFacts& page) {
    const auto& errors = ErrorsOf(page, "password");
    const auto add = [&](std::string_view kind, std::string_view name, std::string label,
                         std::string hint, std::string_view autocomplete) {
        AddField(view, "PASSWORD_FIELDS", "password",
                 {kind, name, std::move(label), std::move(hint), "", {}, autocomplete, "required"},
                 errors);
    };
    add("password", "current_password", T("Current password"), "", "current-password");
    add("newpassword", "password", T("New password"),
        T("At least 8 characters. A few unrelated words make a good one."), "new-password");
    add("samepassword", "password_confirm", T("New password again"), "", "new-password");
}

void AddSessions(View& view, const Scene& scene, const AccountPageFacts& page) {
    view.List("SESSIONS").Flag("SEVERAL_SESSIONS", page.sessions.size() > 1);
    for (const Session& session : page.sessions) {
        View& row = view.Add("SESSIONS");
        row.Set("SESSION_ID", session.id_hash)
            .Set("DEVICE", DeviceOf(session.user_agent))
            .Set("ADDRESS", session.address);
        row.Flag("THIS_SESSION", scene.actor && session.id_hash == scene.actor->session_id);
        SetMoment(row, "WHEN", session.seen_at, scene);
    }
}

void AddTokens(View& view, const Scene& scene, const AccountPageFacts& page) {
    view.List("TOKENS");
    for (const ApiToken& token : page.tokens) {
        if (token.revoked_at) continue;
        View& row = view.Add("TOKENS");
        row.Set("TOKEN_LABEL", token.label.empty() ? T("Token") : token.label)
            .Set("SCOPES", Join(token.scopes, ", "));
        row.Set("REVOKE_URL", "/account/tokens/" + token.id + "/revoke/");
        row.Flag("TOKEN_ENDED", token.expires_at && *token.expires_at <= scene.now);
        SetMoment(row, "EXPIRES", token.expires_at, scene);
        SetMoment(row, "LAST_USED", token.last_used_at, scene);
    }
    const auto& errors = ErrorsOf(page, "token");
    AddField(view, "TOKEN_FIELDS", "token",
             {"text",
              "label",
              T("Label"),
              T("What the token is for."),
              TypedIn(page, "token", "label", ""),
              {},
              "off",
              "required",
              "100"},
             errors);
    AddField(view, "TOKEN_FIELDS", "token",
             {"number", "days", T("Expires after days"), T("Blank: never."),
              TypedIn(page, "token", "days", "90")},
             errors);
    std::string wrong_scopes;
    for (const FieldError& error : errors)
        if (error.field == "scopes") wrong_scopes = Said(error.message);
    view.Set("SCOPES_ERROR", wrong_scopes).List("SCOPE_CHOICES");
    const auto chosen = page.typed.All("scopes");
    for (const std::string_view scope : AllScopes())
        view.Add("SCOPE_CHOICES")
            .Set("SCOPE", scope)
            .Flag("SCOPE_CHOSEN",
                  page.form == "token" && std::ranges::find(chosen, scope) != chosen.end());
}

}  // namespace

View ViewOf(const Scene& scene, const AccountPageFacts& page) {
    View view("account/account");
    view.Set("TITLE", T("Your account"));
    AddProfile(view, scene, page);
    AddPassword(view, page);
    AddSessions(view, scene, page);
    AddTokens(view, scene, page);
    view.Flag("MAIL_CHOICE", scene.config.SendsMail() && scene.May(Permission::kCodesWrite));
    AddField(view, "MAIL_FIELDS", "mails",
             {"check", "mails",
              T("Mail me when codes wait for my approval, when mine are approved or rejected, and "
                "what alerts there are"),
              T("Password reset links are mailed in any case."), page.takes_mails ? "1" : "0"},
             {});
    SetErrors(view, page.form, page.error ? &*page.error : nullptr);
    return view;
}

}  // namespace ostiary::pages
