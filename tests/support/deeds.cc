#include "support/deeds.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/alerts.h"
#include "core/audit_verify.h"
#include "core/bulk_jobs.h"
#include "core/departures.h"
#include "core/mails_delivery.h"
#include "core/pulls.h"
#include "core/registration.h"
#include "core/sessions.h"
#include "core/webhooks_delivery.h"

namespace ostiary {
namespace {

using enum EventKind;

template <class Act>
std::function<std::function<void()>(Stage&)> At(Act act) {
    return [act](Stage& stage) { return [act, &stage] { act(stage); }; };
}

// One call of the API to something that was made before.
std::function<std::function<void()>(Stage&)> To(Method method, std::string path, std::string body,
                                                std::function<std::string(Stage&)> make) {
    return [=](Stage& stage) {
        const std::string at = fmt::format(fmt::runtime(path), make(stage));
        return [=, &stage] { stage.Api(method, at, body); };
    };
}

constexpr auto kPost = Method::kPost;
constexpr auto kPatch = Method::kPatch;
constexpr auto kDelete = Method::kDelete;
constexpr auto kGet = Method::kGet;

std::string ACode(Stage& stage) { return stage.Code(); }
std::string AHook(Stage& stage) { return stage.Hook(); }
std::string APending(Stage& stage) { return stage.Code(R"({"role": "admin"})", "max"); }
std::string AToken(Stage& stage) {
    return stage.Api(kPost, "/api/tokens/", R"({"label": "till", "scopes": ["me"]})");
}
std::string ATemplate(Stage& stage) {
    static int number = 0;
    return stage.Api(kPost, "/api/templates/",
                     fmt::format(R"({{"name": "Template {}"}})", ++number));
}

// Rows that are wrong: no code is made, and there is no event of one.
std::string Imported(Stage& stage, std::string_view file) {
    const Answer done = stage.house.Ask(kPost, "/api/invite-codes/import/?mode=good", file, "ada",
                                        {{"content-type", "text/csv"}});
    EXPECT_EQ(done.status, 200) << done.body;
    return done.Text("import");
}

// A code that is switched off already: recalling it is all that happens.
std::string Off(Stage& stage) {
    const std::string id = stage.Code();
    stage.Api(kPost, "/api/invite-codes/" + id + "/revoke/");
    return id;
}
std::string Recalled(Stage& stage, const std::string& id) {
    return stage.Api(kPost, "/api/recalls/",
                     fmt::format(R"({{"scope": "code", "subject": {}}})", id));
}

// Begun, and nothing done yet.
std::string Changed(Stage& stage, const std::string& id) {
    const Answer begun = stage.house.Post(
        "/api/invite-codes/bulk/",
        fmt::format(R"({{"action": "revoke", "as_job": true, "ids": [{}]}})", id), "ada");
    EXPECT_EQ(begun.status, 202) << begun.body;
    return begun.Text("job");
}

std::vector<Deed> DeedsWithCodes() {
    const std::string codes = "/api/invite-codes/{}/";
    return {
        {kCodeCreated, "ada", Door::kApi, At([](Stage& s) { s.Code(); })},
        {kCodeEdited, "ada", Door::kApi, To(kPatch, codes, R"({"notes": "x"})", ACode)},
        {kCodeRevoked, "ada", Door::kApi, To(kPost, codes + "revoke/", "", ACode)},
        {kCodeReactivated, "ada", Door::kApi,
         To(kPost, codes + "reactivate/", "",
            [](Stage& s) {
                const std::string id = s.Code();
                s.Api(kPost, "/api/invite-codes/" + id + "/revoke/");
                return id;
            })},
        {kCodeDeleted, "ada", Door::kApi, To(kDelete, codes, "", ACode)},
        {kCodeApproved, "ada", Door::kApi, To(kPost, codes + "approve/", "", APending)},
        {kCodeRejected, "ada", Door::kApi, To(kPost, codes + "reject/", "", APending)},
        {kCodeHeld, "", Door::kProgram,
         [](Stage& s) {
             const std::string word = s.Word(R"({"role": "manager", "max_uses": 9})", "gil");
             s.Api(kPatch, "/api/users/" + s.house.AccountId("gil") + "/", R"({"role": "staff"})");
             return [&s, word] {
                 EXPECT_EQ(
                     s.house
                         .Post("/api/redemptions/",
                               fmt::format(R"({{"code": "{}", "subject": "x"}})", word), "ada")
                         .status,
                     400);
             };
         }},
        {kCodesExported, "ada", Door::kAdmin,
         [](Stage& s) {
             const std::string id = s.Code();
             return [&s, id] {
                 EXPECT_EQ(s.browser
                               .Submit("/admin/invite-codes/", "/admin/invite-codes/bulk/",
                                       {{"action", "export"}, {"ids", id}})
                               .status,
                           200);
             };
         }},
    };
}

std::vector<Deed> DeedsWithManyCodes() {
    return {
        {kRecalled, "ada", Door::kApi,
         [](Stage& s) { return [&s, id = Off(s)] { Recalled(s, id); }; }},
        {kRecallUndone, "ada", Door::kApi,
         [](Stage& s) {
             const std::string id = Recalled(s, Off(s));
             return [&s, id] { s.Api(kPost, "/api/recalls/" + id + "/undo/"); };
         }},
        {kCodeHandedOver, "console:test", Door::kConsole,
         [](Stage& s) {
             s.Code(R"({"label": "Summer"})", "sam");
             return [&s] {
                 const std::string sam = s.house.AccountId("sam");
                 EXPECT_TRUE(HandOverCodes(s.MayWrite(), s.house.world, sam, "ada").ok());
             };
         }},
        {kCodesImported, "ada", Door::kApi, At([](Stage& s) { Imported(s, "role\nking\n"); })},
        {kImportUndone, "ada", Door::kApi,
         [](Stage& s) {
             const std::string id = Imported(s, "role\nqueen\n");
             return [&s, id] { s.Api(kPost, "/api/imports/" + id + "/undo/"); };
         }},
        {kCodesChanged, "ada", Door::kApi,
         [](Stage& s) { return [&s, id = ACode(s)] { Changed(s, id); }; }},
        {kBulkCancelled, "ada", Door::kApi,
         [](Stage& s) {
             const std::string id = Changed(s, ACode(s));
             return [&s, id] { s.Api(kPost, "/api/jobs/" + id + "/cancel/"); };
         }},
        {kBulkUndone, "ada", Door::kApi,
         [](Stage& s) {
             const std::string id = Changed(s, ACode(s));
             AdvanceBulkJob(s.house.world, id, kMinute);
             return [&s, id] { s.Api(kPost, "/api/jobs/" + id + "/undo/"); };
         }},
    };
}

std::string ARequest(Stage& stage) {
    static int number = 0;
    stage.house.config.requests_open = true;
    stage.house.clock.Pass(kHour);  // nobody asks without end
    stage.Api(
        kPost, "/api/requests/",
        fmt::format(R"({{"email": "una{}@example.org", "name": "Una", "message": "x"}})", ++number),
        "");
    return stage.house.Get("/api/requests/", "ada").Text("results.0.id");
}

std::vector<Deed> DeedsWithRequests() {
    const std::string requests = "/api/requests/{}/";
    return {
        {kInvitationAsked, "", Door::kApi, At([](Stage& s) { ARequest(s); })},
        {kRequestAccepted,
         "ada",
         Door::kApi,
         To(kPost, requests + "accept/", "", ARequest),
         {kCodeCreated}},
        {kRequestDeclined, "ada", Door::kApi, To(kPost, requests + "decline/", "", ARequest)},
    };
}

// A file that came from the source: its id.
std::string Pulled(Stage& stage, std::string_view file) {
    World& world = stage.house.world;
    stage.house.config.pull_source = "/people.csv";
    EXPECT_TRUE(AskForPull(stage.MayWrite(), world).ok());
    const PullTask task = TakePullTask(world).value();
    TakePulled(world, task, file);
    return task.id;
}
std::string AWaitingPull(Stage& stage) { return Pulled(stage, "id,email\n7,ida@example.org\n"); }

std::vector<Deed> DeedsWithPulls() {
    // Applying comes last: it stays under way, and nothing else is fetched meanwhile.
    return {
        {kPullWaiting, "", Door::kProgram, At([](Stage& s) { AWaitingPull(s); })},
        {kPullFailed, "", Door::kProgram, At([](Stage& s) { Pulled(s, "name\nIda\n"); })},
        {kPullDiscarded, "ada", Door::kApi, To(kPost, "/api/pulls/{}/discard/", "", AWaitingPull)},
        {kPullApplied, "ada", Door::kApi, To(kPost, "/api/pulls/{}/apply/", "{}", AWaitingPull)},
    };
}

std::vector<Deed> DeedsOfGuests() {
    return {
        {kCodeRedeemed, "ada", Door::kApi,
         [](Stage& s) {
             const std::string word = s.Word();
             return [&s, word] {
                 s.Api(kPost, "/api/redemptions/",
                       fmt::format(R"({{"code": "{}", "subject": "guest"}})", word));
             };
         }},
        {kRegistrationRefused, "", Door::kApi,
         At([](Stage& s) { EXPECT_EQ(s.house.Register("NEVERWAS", "una").status, 400); })},
        {kAccountRegistered, "una", Door::kApi,
         [](Stage& s) {
             const std::string word = s.Word();
             return [&s, word] { EXPECT_EQ(s.house.Register(word, "una").status, 201); };
         }},
        {kAccessAdded, "vic", Door::kPublic,
         [](Stage& s) {
             const auto made = s.house.Create(
                 R"({"max_uses": 3, "aircraft_roles": [{"aircraft": "N12345", "role": "pilot"}]})");
             const std::string url(made.at("registration_url").as_string());
             const std::string path = url.substr(url.find("/register/"));
             auto vic = std::make_shared<Visitor>(s.house);
             EXPECT_EQ(vic->LogIn("vic").status, 303);
             return [vic, path] { EXPECT_EQ(vic->Submit(path, path, {{"add", "1"}}).status, 303); };
         }},
    };
}

std::vector<Deed> DeedsWithPeople() {
    const std::string users = "/api/users/{}/";
    const auto person = [](const char* name) {
        return [name](Stage& s) { return s.Account(name); };
    };
    return {
        {kAccountCreated, "console:test", Door::kConsole, At([](Stage& s) { s.Account("p1"); })},
        {kAccountEdited, "ada", Door::kApi, To(kPatch, users, R"({"name": "P"})", person("p2"))},
        {kAccountDeactivated, "ada", Door::kApi,
         To(kPost, users + "deactivate/", "", person("p3"))},
        {kAccountReactivated, "ada", Door::kApi,
         To(kPost, users + "reactivate/", "", [](Stage& s) { return s.Inactive("p4"); })},
        {kAccountDeleted, "console:test", Door::kConsole,
         [](Stage& s) {
             const std::string id = s.Inactive("p5");
             return [&s, id] { EXPECT_TRUE(DeleteAccount(s.MayWrite(), s.house.world, id).ok()); };
         }},
        {kAccountErased, "console:test", Door::kConsole,
         [](Stage& s) {
             s.Inactive("p6");
             return [&s] { EXPECT_TRUE(EraseAccount(s.MayWrite(), s.house.world, "p6").ok()); };
         }},
        {kPasswordChanged, "console:test", Door::kConsole,
         [](Stage& s) {
             const std::string id = s.Account("p7");
             return [&s, id] {
                 EXPECT_TRUE(SetPassword(s.MayWrite(), s.house.world, id, "Otter-7-lantern!").ok());
             };
         }},
        {kResetLinkMade, "ada", Door::kAdmin,
         [](Stage& s) {
             const std::string id = s.Account("p8");
             return [&s, id] { s.ResetLink(id); };
         }},
        {kResetLinkWithdrawn, "ada", Door::kAdmin,
         [](Stage& s) {
             const std::string page = s.ResetLink(s.Account("p9"));
             return [&s, page] {
                 EXPECT_EQ(s.browser.Submit(page, page + "reset-link/withdraw/", {}).status, 303);
             };
         }},
        {kResetAsked, "", Door::kPublic, At([](Stage& s) {
             Visitor(s.house).Submit("/password-reset/", "/password-reset/", {{"username", "max"}});
         })},
        {kResetRefused, "", Door::kPublic, At([](Stage& s) {
             Visitor guest(s.house);
             guest.Get("/login/");
             guest.Post(
                 "/password-reset/nobodys-token-that-is-long/",
                 {{"password", "Otter-7-lantern!"}, {"password_confirm", "Otter-7-lantern!"}});
         })},
    };
}

std::vector<Deed> DeedsWithSessions() {
    return {
        {kLoggedIn, "sam", Door::kPublic,
         At([](Stage& s) { EXPECT_EQ(Visitor(s.house).LogIn("sam").status, 303); })},
        {kLoginRefused, "", Door::kPublic,
         At([](Stage& s) { EXPECT_NE(Visitor(s.house).LogIn("sam", "wrong").status, 303); })},
        {kLoggedOut, "sam", Door::kPublic,
         [](Stage& s) {
             auto sam = std::make_shared<Visitor>(s.house);
             sam->LogIn("sam");
             return [sam] { EXPECT_EQ(sam->Submit("/account/", "/logout/", {}).status, 303); };
         }},
        {kSessionEnded, "sam", Door::kAccount,
         [](Stage& s) {
             Visitor(s.house).LogIn("sam");
             auto sam = std::make_shared<Visitor>(s.house);
             sam->LogIn("sam");
             return [sam] {
                 EXPECT_EQ(sam->Submit("/account/", "/account/sessions/end-others/", {}).status,
                           303);
             };
         }},
        {kTokenCreated, "ada", Door::kApi, At([](Stage& s) { AToken(s); })},
        {kTokenRevoked, "ada", Door::kApi, To(kDelete, "/api/tokens/{}/", "", AToken)},
    };
}

std::vector<Deed> DeedsWithThings() {
    const std::string hooks = "/api/webhooks/{}/", templates = "/api/templates/{}/",
                      aircraft = "/api/aircraft/{}/";
    const auto plane = [](const char* name) { return [name](Stage& s) { return s.Plane(name); }; };
    return {
        {kTemplateCreated, "ada", Door::kApi, At([](Stage& s) { ATemplate(s); })},
        {kTemplateEdited, "ada", Door::kApi,
         To(kPatch, templates, R"({"description": "x"})", ATemplate)},
        {kTemplateDeleted, "ada", Door::kApi, To(kDelete, templates, "", ATemplate)},
        {kAircraftAdded, "ada", Door::kApi,
         At([](Stage& s) { s.Api(kPost, "/api/aircraft/", R"({"registration": "D-ENEW"})"); })},
        {kAircraftEdited, "ada", Door::kApi,
         To(kPatch, aircraft, R"({"name": "Red"})", plane("D-EAAA"))},
        {kAircraftRetired, "ada", Door::kApi, To(kPost, aircraft + "retire/", "", plane("D-EAAB"))},
        {kAircraftReturned, "ada", Door::kApi,
         To(kPost, aircraft + "return/", "",
            [](Stage& s) {
                const std::string registration = s.Plane("D-EAAC");
                s.Api(kPost, "/api/aircraft/" + registration + "/retire/");
                return registration;
            })},
        {kAircraftDeleted, "console:test", Door::kConsole,
         [](Stage& s) {
             s.Plane("D-EAAD");
             return [&s] {
                 EXPECT_TRUE(DeleteAircraft(s.console.Ask<Permission::kAircraftWrite>().value(),
                                            s.house.world, "D-EAAD")
                                 .ok());
             };
         }},
        {kWebhookCreated, "ada", Door::kApi, At([](Stage& s) { s.Hook(); })},
        {kWebhookEdited, "ada", Door::kApi, To(kPatch, hooks, R"({"description": "x"})", AHook)},
        {kWebhookSecretRotated, "ada", Door::kApi, To(kPost, hooks + "rotate-secret/", "", AHook)},
        {kWebhookTested, "ada", Door::kApi, To(kPost, hooks + "test/", "", AHook)},
        {kWebhookReplayed, "ada", Door::kApi,
         To(kPost, hooks + "deliveries/replay/", R"({"since": "2026-08-20T00:00:00Z"})", AHook)},
        {kWebhookDeleted, "ada", Door::kApi, To(kDelete, hooks, "", AHook)},
        {kWebhookDisabled, "", Door::kProgram,
         [](Stage& s) {
             const std::string hook = s.Hook();
             s.Api(kPost, "/api/webhooks/" + hook + "/test/");
             return [&s, hook] {
                 for (const Parcel& parcel : TakeParcels(s.house.world, "lease", {}, 4, 64))
                     if (parcel.webhook == hook)
                         RecordOutcomes(
                             s.house.world, "lease",
                             std::vector{Outcome{parcel.delivery, parcel.webhook, 410, ""}});
             };
         }},
        {kDatabaseMigrated, "", Door::kProgram,
         [](Stage& s) {
             s.house.database.Execute("UPDATE fact SET value = '0001_init' WHERE key = 'layout'");
             return [&s] {
                 OpenStore(s.house.database.config(), s.house.vault, s.house.clock, s.house.random,
                           {});
             };
         }},
    };
}

std::vector<Deed> DeedsWithMails() {
    const auto asked = [](Stage& s) {
        s.house.ConfigureMail();
        return "/api/invite-codes/" + s.Code(R"({"email": "ann@example.org"})") + "/mail/";
    };
    const auto handed = [asked](Handed how) {
        return [asked, how](Stage& s) {
            s.Api(kPost, asked(s));
            return [&s, how] {
                const auto errand = TakeMail(s.house.world, "lease");
                ASSERT_TRUE(errand && BeginHandover(s.house.world, "lease", errand->mail.id));
                RecordMail(s.house.world, "lease", errand->mail.id, how, "no such user");
            };
        };
    };
    return {
        {kCodeMailed, "ada", Door::kApi,
         [asked](Stage& s) { return [&s, path = asked(s)] { s.Api(kPost, path); }; }},
        {kMailSent, "", Door::kProgram, handed(Handed::kTaken)},
        {kMailFailed, "", Door::kProgram, handed(Handed::kRefused)},
    };
}

std::vector<Deed> DeedsWithAlerts() {
    const auto nearly = [](Stage& s) {
        LookForAlerts(s.house.world, 100'000);
        const std::string word = s.Word(R"({"max_uses": 5})");
        for (const char* guest : {"a", "b", "c", "d"})
            s.Api(kPost, "/api/redemptions/",
                  fmt::format(R"({{"code": "{}", "subject": "{}"}})", word, guest));
        return [&s] { LookForAlerts(s.house.world, 100'000); };
    };
    const auto one = [nearly](Stage& s) {
        nearly(s)();
        return s.house.Get("/api/alerts/?kind=nearly_used_up", "ada").Text("results.0.id");
    };
    const std::string alerts = "/api/alerts/{}/";
    return {
        {kAlertRaised, "", Door::kProgram, nearly},
        {kAlertAcknowledged, "ada", Door::kApi, To(kPost, alerts + "acknowledge/", "", one)},
        {kAlertSnoozed, "ada", Door::kApi, To(kPost, alerts + "snooze/", R"({"hours": 1})", one)},
    };
}

std::vector<Deed> DeedsWithTheLog() {
    return {
        {kAuditRead, "ada", Door::kApi, At([](Stage& s) {
             for (int page = 0; page < 3; ++page) s.Api(kGet, "/api/audit/?page_size=1");
         })},
        {kAuditExported, "ada", Door::kApi,
         At([](Stage& s) { s.house.Get("/api/audit/export.csv?kind=code.", "ada"); })},
        {kUsersExported, "ada", Door::kApi,
         At([](Stage& s) { s.house.Get("/api/users/export.csv?state=active", "ada"); })},
        {kUsageExported, "ada", Door::kApi,
         At([](Stage& s) { s.house.Get("/api/redemptions/export.csv?days=7", "ada"); })},
        {kAuditVerified, "ada", Door::kApi,
         At([](Stage& s) { s.house.Get("/api/audit/verify/", "ada"); })},
        {kAuditAccepted, "console:test", Door::kConsole,
         [](Stage& s) {
             LinkAuditLog(s.house.world, 100'000);
             return [&s] {
                 EXPECT_TRUE(
                     AcceptAuditLog(s.console.Ask<Permission::kAuditRead>().value(), s.house.world)
                         .ok());
             };
         }},
    };
}

}  // namespace

std::vector<Deed> EveryDeed() {
    std::vector<Deed> all;
    for (auto& some : {DeedsWithCodes(), DeedsWithManyCodes(), DeedsOfGuests(), DeedsWithPeople(),
                       DeedsWithSessions(), DeedsWithThings(), DeedsWithRequests(),
                       DeedsWithPulls(), DeedsWithMails(), DeedsWithAlerts(), DeedsWithTheLog()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

}  // namespace ostiary
