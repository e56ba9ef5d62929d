#include "pages/samples.h"
#include "pages/alerts_views.h"

#include "core/happenings.h"
#include "pages/aircraft_views.h"
#include "pages/codes_views.h"
#include "pages/data_views.h"
#include "pages/housekeeping_views.h"
#include "pages/palette.h"
#include "pages/places_views.h"
#include "pages/reports_views.h"
#include "pages/reset_views.h"
#include "pages/samples_reports.h"
#include "pages/views.h"
#include "pages/webhooks_views.h"

namespace ostiary::pages {
namespace {

struct Facts {
    std::string words;
    Millis now;

    AircraftGrant GrantOf(std::string role) const { return {"a1", "N12345", std::move(role)}; }
    std::vector<Aircraft> Fleet() const {
        return {{"a1", "N12345", words, now - 30 * kDay, {}},
                {"a2", "D-EABC", "", now - 90 * kDay, now - kDay}};
    }
    Error Wrong(std::string field, ErrorKind kind = ErrorKind::kInvalid) const {
        return {kind, "sample", words, words, {{std::move(field), "sample", words}}};
    }

    Code PlainCode() const {
        Code code;
        code.id = 7;
        code.code = code.shown = "ABC12345";
        code.token = "s0me-T0ken_that_is_l0ng";
        code.label = words;
        code.role = "staff";
        code.task_group = "cleaning";
        code.max_uses = 10;
        code.used_count = 3;
        code.created_by_id = "u1";
        code.created_by = words;
        code.created_at = code.updated_at = now - 3 * kDay;
        return code;
    }
    Code FullCode() const {
        Code code = PlainCode();
        code.email = code.name = code.notes = words;
        code.welcome = words + "\nRead https://example.org/?a=1&b=2.";
        code.aircraft_roles = {GrantOf("pilot"), {"a2", "D-EABC", "owner"}};
        code.expires_at = now + 3 * kDay;
        code.starts_at = now - kDay;
        code.last_used_at = now - kHour;
        code.account_days = 90;
        code.email_domains = {"example.org"};
        code.tags = {words};
        return code;
    }
    Mail MailIn(MailState state) const {
        Mail mail;
        mail.state = state;
        mail.recipient = mail.created_by = mail.reason = mail.facts.words = words;
        mail.attempts = 1;
        mail.created_at = now - kHour;
        return mail;
    }
    // One of each status, in the order of CodeStatus.
    std::vector<Code> EveryStatus() const {
        std::vector<Code> codes(7, PlainCode());
        for (std::size_t i = 0; i < codes.size(); ++i) codes[i].id = static_cast<CodeId>(i) + 1;
        codes[0].approval = Approval::kPending;
        codes[1].deactivated_at = now - kHour;
        codes[2].expires_at = now - kDay;
        codes[3].used_count = 10;
        codes[4].starts_at = now + kDay;
        codes[5].used_count = 9;
        codes[6] = FullCode();
        codes[6].id = 7;
        codes[6].max_uses.reset();
        return codes;
    }

    AccountWithAccess Person() const {
        Account account;
        account.id = "u1";
        account.username = account.name = account.email = words;
        account.role = "staff";
        account.task_group = "general";
        account.is_staff = account.is_superuser = true;
        account.joined_at = now - 400 * kDay;
        account.last_login_at = now - 2 * kMinute;
        account.ends_at = now + 90 * kDay;
        account.version = 3;
        return {account, {GrantOf("owner")}};
    }
    AccountWithAccess Newcomer() const {
        AccountWithAccess person = Person();
        person.account.name.clear();
        person.account.last_login_at.reset();
        person.account.ends_at.reset();
        person.account.deactivated_at = now - kDay;
        person.account.is_staff = person.account.is_superuser = false;
        person.aircraft_access.clear();
        return person;
    }
    Redemption Use(std::string account) const {
        Redemption use;
        use.account_name = std::move(account);
        use.subject = use.email = words;
        use.role = "staff";
        use.task_group = "cleaning";
        use.redeemed_at = now - kHour;
        return use;
    }
    PortalHomePage BusyHome() const {
        PortalHomePage page;
        page.pending = page.running_out = page.most_used = EveryStatus();
        page.ending = {FullCode()};
        page.usable = 1200;
        page.waiting = page.used_up = 0;
        return page;
    }
    PortalHomePage Overlooked() const {
        PortalHomePage page = BusyHome();
        page.overview = Overview{42, {Deed(), Change()}};
        page.report = BusyReport(words, now, 30);
        return page;
    }
    Event Change() const {
        Event event = Deed();
        event.kind = EventKind::kCodeEdited;
        event.code_id = 7;
        event.details = DifferenceDetails({{"label", "", words}, {"notes", words, ""}});
        event.origin.address = "192.0.2.1";
        event.origin.request_id = "r1";
        return event;
    }
    RawRecord RowOf(const RawTable& table) const {
        RawRecord record;
        record.address = "7";
        for (const RawColumn& column : table.columns)
            record.values.push_back(column.masked()                   ? ""
                                    : column.kind == RawKind::kMoment ? std::to_string(now)
                                    : column.kind == RawKind::kSwitch ? "1"
                                    : column.kind == RawKind::kNumber ? "7"
                                    : column.name == "created_by_id"  ? ""
                                                                      : words);
        return record;
    }
    Event Deed() const {
        Event event;
        event.at = now - kHour;
        event.kind = EventKind::kCodeCreated;
        event.actor_name = event.subject_name = words;
        return event;
    }
};

template <class Page>
void Put(std::vector<Sample>& samples, std::string name, Place place, Page page) {
    samples.push_back(
        {std::move(name), place, [page](const Scene& scene) { return ViewOf(scene, page); }});
}

void PutCodeLists(std::vector<Sample>& samples, const Facts& facts) {
    CodesListPage many{{}, {facts.EveryStatus(), "next", "previous", 1204}};
    many.first = 41;
    many.query.cursor = "here";
    many.views = {{"All of the spring", "status=usable"}, {facts.words, "search=x"}};
    CodesListPage filtered = many;
    filtered.query.search = facts.words;
    filtered.query.role = "staff";
    filtered.query.task_group = "cleaning";
    filtered.query.status = "usable";
    filtered.query.order = CodeOrder::kMostUsed;
    CodesListPage nothing = filtered;
    nothing.page = {};
    Put(samples, "codes/list, none", Place::kInPortals, CodesListPage{});
    Put(samples, "codes/list, every status", Place::kInPortals, many);
    Put(samples, "codes/list, filtered", Place::kInPortals, filtered);
    Put(samples, "codes/list, nothing matches", Place::kInPortals, nothing);
}

void PutBulk(std::vector<Sample>& samples, const Facts& facts) {
    BulkOutcome outcome{3, {7, 8}, 31, {{9, facts.words, "code.used", facts.words}}};
    CodeChoice ticked{{7, 8, 9}, {}, {}}, all{{}, CodeQuery(), 3};
    all.all->search = facts.words;
    for (const BulkDeed deed :
         {BulkDeed::kRevoke, BulkDeed::kReactivate, BulkDeed::kEdit, BulkDeed::kDelete})
        Put(samples, "codes/bulk", Place::kInPortals, BulkAskPage{deed, ticked, outcome, {}, {}});
    Put(samples, "codes/bulk, refused", Place::kInPortals,
        BulkAskPage{BulkDeed::kEdit, all, outcome, Fields({{"notes", facts.words}}),
                    facts.Wrong("max_uses")});
    BulkOutcome nothing;
    nothing.spared.resize(200, outcome.spared.front());
    Put(samples, "codes/bulk, none can be", Place::kInPortals,
        BulkAskPage{BulkDeed::kDelete, ticked, nothing, {}, {}});
    Put(samples, "codes/extend", Place::kInPortals, CodeExtendPage{facts.FullCode()});
    Put(samples, "codes/extend, endless", Place::kInPortals, CodeExtendPage{facts.PlainCode()});
    Put(samples, "palette/palette, none", Place::kAnywhere, PalettePage{facts.words, {}});
    Put(samples, "palette/palette", Place::kAnywhere,
        PalettePage{facts.words, {{"Codes", {{facts.words, facts.words, "/a/?b=c", "ticket"}}}}});
}

void PutCodes(std::vector<Sample>& samples, const Facts& facts) {
    const Fields typed({{"label", facts.words},
                        {"email", facts.words},
                        {"notes", facts.words},
                        {"max_uses", "-1"},
                        {"aircraft", "N12345"},
                        {"aircraft_role", "pilot"},
                        {"tags", facts.words},
                        {"is_active", "1"}});
    Put(samples, "codes/create, blank", Place::kInPortals, CodeCreatePage{{}, {}, {}});
    Put(samples, "codes/create, refused", Place::kInPortals,
        CodeCreatePage{typed, facts.Fleet(), facts.Wrong("aircraft_roles")});
    for (const Code& code : facts.EveryStatus()) {
        CodeDetailPage page;
        page.code = code;
        page.typed = typed;
        page.mails = {facts.MailIn(MailState::kUnknown)};
        Put(samples, "codes/detail", Place::kInPortals, page);
    }
    CodeDetailPage stale;
    stale.code = facts.FullCode();
    stale.redemptions = {facts.Use(facts.words), facts.Use("")};
    stale.history = {facts.Deed()};
    stale.fleet = facts.Fleet();
    stale.typed = typed;
    stale.mail_words = facts.words;
    stale.error = facts.Wrong("label", ErrorKind::kStale);
    stale.differences = {{"Label", facts.words, facts.words}};
    for (const MailState state : {MailState::kSending, MailState::kSent, MailState::kFailed,
                                  MailState::kUnknown, MailState::kHeld, MailState::kQueued}) {
        stale.mails.push_back(facts.MailIn(state));
    }
    Put(samples, "codes/detail, stale", Place::kInPortals, stale);
    CodeDetailPage rejected = stale;
    rejected.code.approval = Approval::kRejected;
    rejected.code.deactivated_at = facts.now;
    rejected.differences.clear();
    Put(samples, "codes/detail, rejected", Place::kInPortals, rejected);
    for (const Asked asked : {Asked::kSwitchOff, Asked::kDelete, Asked::kReject})
        Put(samples, "codes/ask", Place::kInPortals, CodeAskPage{facts.FullCode(), asked});
    Put(samples, "codes/renew, expired", Place::kInPortals,
        CodeRenewPage{facts.EveryStatus()[2], typed, facts.Wrong("expires_days")});
    Put(samples, "codes/renew, used up", Place::kInPortals,
        CodeRenewPage{facts.EveryStatus()[3], {}, {}});
    Put(samples, "codes/explain", Place::kInPortals, CodeExplainPage{});
    Put(samples, "codes/explain, found", Place::kInPortals,
        CodeExplainPage{facts.words,
                        Explanation{true, false, "expired", facts.words, {}, facts.FullCode()}});
    Put(samples, "codes/explain, near misses", Place::kInPortals,
        CodeExplainPage{facts.words,
                        Explanation{false, false, "unknown", facts.words, {facts.FullCode()}, {}}});
    Put(samples, "codes/qr", Place::kInPortals, CodeQrPage{facts.FullCode()});
}

void PutRegistration(std::vector<Sample>& samples, const Facts& facts) {
    const Presented by_link{{}, "s0me-T0ken"}, by_code{facts.words, {}};
    const Invitation full{facts.FullCode(), facts.words}, plain{facts.PlainCode(), ""};
    const Fields typed({{"username", facts.words},
                        {"name", facts.words},
                        {"email", facts.words},
                        {"password", "never shown"}});
    Put(samples, "registration/start", Place::kAnywhere, CodeBoxPage{});
    Put(samples, "registration/start, invalid", Place::kAnywhere,
        CodeBoxPage{facts.words, InvalidInviteCode()});
    Put(samples, "registration/form", Place::kAnywhere,
        RegistrationPage{plain, by_link, "key", {}, {}});
    Put(samples, "registration/form, refused", Place::kAnywhere,
        RegistrationPage{full, by_code, "key", typed, facts.Wrong("username")});
    Put(samples, "registration/add", Place::kAnywhere,
        AddAccessPage{full, by_code, {facts.GrantOf("pilot")}, facts.Wrong("email")});
    Put(samples, "registration/add, nothing", Place::kAnywhere,
        AddAccessPage{plain, by_link, {}, {}});
    Put(samples, "registration/password, refused", Place::kAnywhere,
        PasswordPage{facts.words, "another", {"password.common", facts.words}});
    Put(samples, "registration/password, good", Place::kAnywhere,
        PasswordPage{"never shown", "never shown", {"", "", 40}});
    Put(samples, "registration/welcome", Place::kAnywhere, WelcomePage{facts.Person()});
    Put(samples, "registration/welcome, plain", Place::kAnywhere, WelcomePage{facts.Newcomer()});
    Put(samples, "sessions/login", Place::kAnywhere, LoginPage{"", "/admin/?a=b", {}});
    Put(samples, "sessions/login, refused", Place::kAnywhere,
        LoginPage{facts.words, facts.words, facts.Wrong("username", ErrorKind::kSignedOut)});
    Put(samples, "sessions/logout", Place::kAnywhere, LogoutPage{});
}

void PutUsers(std::vector<Sample>& samples, const Facts& facts) {
    UsersPage users;
    users.query.search = facts.words;
    users.query.role = "staff";
    users.query.flag = facts.words;
    users.page = {{facts.Person(), facts.Newcomer()}, "next", "previous"};
    Put(samples, "users/list", Place::kInPortals, users);
    Put(samples, "users/list, none", Place::kInPortals, UsersPage{});
    UserPage user;
    user.user = facts.Person();
    user.fleet = facts.Fleet();
    user.typed = FieldsOf(user.user.account);
    user.joined_with = facts.FullCode();
    user.reset = {{"u1", "hash", facts.now, facts.now + kDay, facts.words}};
    Put(samples, "users/detail", Place::kInPortals, user);
    UserPage refused;
    refused.user = facts.Newcomer();
    refused.user.account.joined_with = 7;
    refused.error = facts.Wrong("email");
    Put(samples, "users/detail, refused", Place::kInPortals, refused);
    Put(samples, "users/ask", Place::kInPortals, UserAskPage{facts.Person(), {2, 1}});
}

void PutAircraft(std::vector<Sample>& samples, const Facts& facts) {
    FleetPage fleet;
    fleet.fleet = facts.Fleet();
    fleet.holders = {{"a1", 3}};
    fleet.any_at_all = true;
    Put(samples, "aircraft/list", Place::kInPortals, fleet);
    fleet.fleet.clear();
    fleet.search = facts.words;
    Put(samples, "aircraft/list, nothing matches", Place::kInPortals, fleet);
    FleetPage refused;
    refused.typed = Fields({{"registration", facts.words}});
    refused.error = facts.Wrong("registration");
    Put(samples, "aircraft/list, refused", Place::kInPortals, refused);
    AircraftPage page;
    page.access.aircraft = facts.Fleet()[0];
    page.access.holders = {{"u1", facts.words, facts.words, "owner", true, facts.now - kDay},
                           {"u2", "bob", "", "pilot", false, facts.now - 90 * kDay}};
    page.access.more_holders = true;
    page.access.codes = {{facts.FullCode(), "pilot"}};
    page.typed = Fields({{"registration", facts.words}, {"name", facts.words}});
    Put(samples, "aircraft/detail", Place::kInPortals, page);
    Put(samples, "aircraft/ask", Place::kInPortals, AircraftAskPage{page.access});
    AircraftPage retired;
    retired.access.aircraft = facts.Fleet()[1];
    retired.error = facts.Wrong("name");
    Put(samples, "aircraft/detail, retired", Place::kInPortals, retired);
    Put(samples, "aircraft/ask, of nobody", Place::kInPortals, AircraftAskPage{retired.access});
}

void PutResets(std::vector<Sample>& samples, const Facts& facts) {
    for (const ResetStep step : {ResetStep::kAsking, ResetStep::kAsked, ResetStep::kLinkIsDead})
        Put(samples, "reset/start", Place::kAnywhere, ResetStartPage{step});
    const Account account = facts.Person().account;
    Put(samples, "reset/form", Place::kAnywhere, ResetFormPage{account, "t0ken", {}});
    Put(samples, "reset/form, refused", Place::kAnywhere,
        ResetFormPage{account, "t0ken", facts.Wrong("password")});
    Put(samples, "reset/link", Place::kInPortals,
        ResetLinkPage{
            {account, "t0ken", "https://example.org/password-reset/t0ken/", facts.now + kDay}});
}

void PutOversight(std::vector<Sample>& samples, const Facts& facts) {
    AuditPage audit;
    audit.asked = {"code.", facts.words, "7", "2026-11-01", "2026-11-21", facts.words};
    audit.page = {{facts.Change(), facts.Deed()}, true, true};
    Put(samples, "places/audit", Place::kInPortals, audit);
    Put(samples, "places/audit, nothing", Place::kInPortals, AuditPage{});
    AuditPage refused;
    refused.error = facts.Wrong("from");
    Put(samples, "places/audit, refused", Place::kInPortals, refused);
    Put(samples, "places/approvals", Place::kInPortals,
        ApprovalsPage{{{facts.EveryStatus()[0]}, "next", "previous", {}}});
    Put(samples, "places/approvals, none", Place::kInPortals, ApprovalsPage{});
    TokensPage tokens;
    tokens.tokens = {{{"t1",
                       "h",
                       "u1",
                       facts.words,
                       {"codes:read", "me"},
                       facts.now,
                       facts.now + kDay,
                       facts.now,
                       {}},
                      facts.words},
                     {{"t2", "h", "u1", "", {"me"}, facts.now, facts.now - kDay, {}, {}}, "bob"},
                     {{"t3", "h", "u1", "old", {"me"}, facts.now, {}, {}, facts.now}, "bob"}};
    tokens.has_more = true;
    tokens.is_first = false;
    Put(samples, "places/tokens", Place::kInPortals, tokens);
    Put(samples, "places/tokens, none", Place::kInPortals, TokensPage{});
    Put(samples, "places/settings", Place::kInPortals, SettingsPage{});
    Put(samples, "places/health", Place::kInPortals,
        HealthPage{{{"active", "database", "SQLite"},
                    {"warning", "base URL", facts.words},
                    {"revoked", "key", "open"}},
                   "1.0"});
    Put(samples, "places/health, well", Place::kInPortals,
        HealthPage{{{"active", "database", "SQLite"}}, "1.0"});
    Put(samples, "places/housekeeping", Place::kInPortals,
        BusyHousekeeping(facts.words, facts.now));
    Put(samples, "places/housekeeping, of a team", Place::kInPortals,
        HousekeepingPage{{}, EmptyReport(facts.now, 7), {}, {}});
    Put(samples, "reports/report, nothing yet", Place::kInPortals,
        ReportPage{EmptyReport(facts.now, 30), {}, {}, {}});
    Put(samples, "reports/report", Place::kInPortals,
        ReportPage{BusyReport(facts.words, facts.now, 30), facts.EveryStatus(), {}, {}});
    Put(samples, "reports/report, of years", Place::kInPortals,
        ReportPage{BusyReport(facts.words, facts.now, 900), {}, {}, {}});
    Put(samples, "reports/report, wrong days", Place::kInPortals,
        ReportPage{BusyReport(facts.words, facts.now, 200),
                   {},
                   {facts.words, facts.words, ""},
                   facts.Wrong("from")});
}

void PutData(std::vector<Sample>& samples, const Facts& facts) {
    DataHomePage home;
    for (const RawTable& table : kRawTables) {
        home.tables.push_back(&table);
        const RawRecord record = facts.RowOf(table);
        DataTablePage list{&table, {}, {{record, record}, "7", "7"}};
        Put(samples, "data/list " + std::string(table.name), Place::kInPortals, list);
        list.question = {facts.words, "id", facts.words, "7", false};
        list.listing = {};
        Put(samples, "data/list, nothing matches", Place::kInPortals, list);
        DataRowPage row{&table, record, Fields({{"name", facts.words}}), {}};
        Put(samples, "data/row " + std::string(table.name), Place::kInPortals, row);
        row.error = facts.Wrong("role");
        row.record.values.assign(table.columns.size(), std::nullopt);
        Put(samples, "data/row, refused", Place::kInPortals, row);
        Put(samples, "data/new", Place::kInPortals,
            DataNewPage{&table, Fields({{"password_hash", std::string("never shown")}}),
                        facts.Wrong("name")});
        Put(samples, "data/ask", Place::kInPortals, DataAskPage{&table, record});
    }
    Put(samples, "data/tables", Place::kInPortals, home);
}

void PutPeople(std::vector<Sample>& samples, const Facts& facts) {
    AccountPageFacts account{facts.Person(),
                             {},
                             {},
                             {},
                             "token",
                             Fields({{"label", facts.words}, {"scopes", "me"}}),
                             facts.Wrong("scopes")};
    account.access = {facts.words,
                      {{facts.GrantOf("owner"), facts.now - kDay, facts.words},
                       {facts.GrantOf("pilot"), facts.now - kDay, ""}}};
    const Millis now = facts.now;
    const std::string firefox = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";
    account.sessions = {{"hash1", "u1", now, now, now, {}, "192.0.2.1", facts.words},
                        {"hash2", "u1", now, now - kDay, now, {}, "192.0.2.2", firefox}};
    account.tokens = {
        {"t1", "h", "u1", facts.words, {"codes:read", "me"}, now, now + kDay, now, {}},
        {"t2", "h", "u1", "", {"me"}, now, {}, {}, {}}};
    Put(samples, "account/account", Place::kAnywhere,
        AccountPageFacts{facts.Newcomer(), {}, {}, {}, "", {}, {}});
    Put(samples, "account/account, refused", Place::kAnywhere, account);
    PutUsers(samples, facts);
    PutAircraft(samples, facts);
    PutResets(samples, facts);
}

}  // namespace

std::vector<Sample> Samples(std::string_view words, Millis now) {
    const Facts facts{std::string(words), now};
    std::vector<Sample> samples;
    PutCodeLists(samples, facts);
    PutBulk(samples, facts);
    PutCodes(samples, facts);
    for (Sample& sample : TemplateSamples(words, now)) samples.push_back(std::move(sample));
    PutRegistration(samples, facts);
    PutPeople(samples, facts);
    Put(samples, "home/home", Place::kAnywhere, HomePage{});
    Put(samples, "home/portal, nothing to do", Place::kInPortals, PortalHomePage{});
    Put(samples, "home/portal", Place::kInPortals, facts.BusyHome());
    Put(samples, "home/portal, with an overview", Place::kInPortals, facts.Overlooked());
    PortalHomePage first_day;
    first_day.overview = Overview{};
    first_day.report = EmptyReport(now, 30);
    Put(samples, "home/portal, on the first day", Place::kInPortals, first_day);
    PutOversight(samples, facts);
    PutData(samples, facts);
    for (Sample& sample : WebhookSamples(facts.words, facts.now))
        samples.push_back(std::move(sample));
    for (Sample& sample : AlertSamples(facts.words, facts.now))
        samples.push_back(std::move(sample));
    for (const int status : {400, 401, 403, 404, 405, 409, 412, 413, 429, 500, 503})
        Put(samples, "errors/error", Place::kAnywhere, FailurePage{status, facts.Wrong("email")});
    Put(samples, "errors/error, no words", Place::kAnywhere,
        FailurePage{418, {ErrorKind::kInvalid, "sample"}});
    return samples;
}

std::string HostileWords() {
    std::string words =
        "<script>alert(1)</script>\"'><img src=x "
        "onerror=alert(2)>&amp;{{CSRF}}\xE2\x80\xAE\xD7\x90 🛩️ ";
    for (int i = 0; i < 200; ++i) words += "Ｗ";
    return words;
}

}  // namespace ostiary::pages
