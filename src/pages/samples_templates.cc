// Templates, and codes that were made together, in every state worth looking at.

#include "pages/codes_funnel_views.h"
#include "pages/codes_invite_views.h"
#include "pages/codes_views.h"
#include "pages/imports_views.h"
#include "pages/notifications_views.h"
#include "pages/requests_views.h"
#include "pages/samples.h"
#include "pages/templates_views.h"

namespace ostiary::pages {
namespace {

struct Facts {
    std::string words;
    Millis now;

    std::vector<Aircraft> Fleet() const { return {{"a1", "N12345", words, now - 30 * kDay, {}}}; }
    Error Wrong(std::string field) const {
        return {ErrorKind::kInvalid, "sample", words, words, {{std::move(field), "sample", words}}};
    }
    Template Full() const {
        Template one;
        one.id = 3;
        one.name = one.description = one.label = one.notes = one.welcome = words;
        one.role = "staff";
        one.task_group = "cleaning";
        one.max_uses = 5;
        one.expires_days = one.account_days = 30;
        one.email_domains = {"example.org"};
        one.tags = {words};
        one.aircraft_roles = {{"a1", "N12345", "pilot"}};
        one.created_by = words;
        one.updated_at = now - kDay;
        return one;
    }
    Code Made() const {
        Code code;
        code.id = 7;
        code.code = code.shown = "ABC12345";
        code.token = "s0me-T0ken_that_is_l0ng";
        code.label = code.email = code.name = code.notes = code.welcome = words;
        code.role = "staff";
        code.task_group = "cleaning";
        code.max_uses = 10;
        code.used_count = 3;
        code.tags = {words};
        code.email_domains = {"example.org"};
        code.account_days = 90;
        code.starts_at = now - kDay;
        code.expires_at = now + 30 * kDay;
        code.created_by = code.template_name = words;
        code.batch = "b1";
        code.created_at = code.updated_at = now - kHour;
        return code;
    }
    // Of one who may not hand it out.
    Code Waiting() const {
        Code code = Made();
        code.approval = Approval::kPending;
        code.expires_at.reset();
        code.max_uses.reset();
        code.used_count = 0;
        code.token.clear();
        return code;
    }
};

template <class Page>
void Put(std::vector<Sample>& samples, std::string name, Page page) {
    samples.push_back({std::move(name), Place::kInPortals,
                       [page](const Scene& scene) { return ViewOf(scene, page); }});
}

void PutTemplates(std::vector<Sample>& samples, const Facts& facts) {
    const Template full = facts.Full();
    Template open;
    open.id = 4;
    open.name = "Open";
    Put(samples, "templates/list", TemplatesPage{{full, open}, {{3, 12}, {4, 10'000}}});
    Put(samples, "templates/list, none", TemplatesPage{});
    Put(samples, "templates/form, new", TemplatePage{});
    Put(samples, "templates/form", TemplatePage{full, facts.Fleet(), FieldsOf(full), {}});
    Put(samples, "templates/form, refused",
        TemplatePage{open, facts.Fleet(), FieldsOf(full), facts.Wrong("aircraft_roles")});
    Put(samples, "templates/ask", TemplateAskPage{full, 12});
    Put(samples, "templates/ask, of none", TemplateAskPage{open, 0});
    const Fields chosen({{"template", facts.words}, {"template_was", facts.words}});
    Put(samples, "codes/create, from a template",
        CodeCreatePage{chosen, facts.Fleet(), {}, {full, open}});
}

void PutImports(std::vector<Sample>& samples, const Facts& facts) {
    ImportNewPage fresh{{}, facts.words, facts.Wrong("file")};
    Put(samples, "codes/import", ImportNewPage{});
    for (int state = 0; state < static_cast<int>(ImportState::kCount); ++state) {
        Import one;
        one.id = "i1";
        one.state = static_cast<ImportState>(state);
        one.created_by = facts.words;
        one.rows = 10;
        one.looked_at = one.created = 4;
        one.refused = one.repeated = 2;
        one.undone = state % 2;
        one.created_at = facts.now;
        if (state > 3) one.trouble = facts.words;
        fresh.earlier.push_back(one);
        ImportPage page{one, {{3, 1, "max_uses", "sample", facts.words}}};
        Put(samples, "codes/import_result, " + std::string(NameOf(one.state)), page);
    }
    Put(samples, "codes/import, refused", fresh);
    ImportLookPage look;
    look.report.import = fresh.earlier.front();
    look.report.columns = {
        {facts.words, {}, false}, {"Used", {}, true}, {"Label", ImportField::kLabel, false}};
    look.report.sample = {{facts.words, "3", facts.words}, {facts.words}};
    look.report.good = 8;
    look.report.pending = 1;
    look.report.errors = {{3, 1, "role", "sample", facts.words}};
    look.report.import.map = {{facts.words, ""}};
    Put(samples, "codes/import_look", look);
    look.report.import.mode = ImportMode::kGood;
    look.report.same = fresh.earlier.back();
    Put(samples, "codes/import_look, again", look);
    look = {};
    look.error = facts.Wrong("file");
    Put(samples, "codes/import_look, unreadable", look);
}

void PutInvited(std::vector<Sample>& samples, const Facts& facts) {
    const Fields typed({{"people", facts.words}, {"label", facts.words}, {"batch", "b1"}});
    Template one;
    one.name = facts.words;
    Put(samples, "codes/invite", InvitePage{});
    Put(samples, "codes/invite, refused", InvitePage{typed, {one}, {}, facts.Wrong("people")});
    Put(samples, "codes/invite, more", InvitePage{typed, {}, facts.Made(), {}});
    const Invitee ann{facts.words, facts.words}, nameless{"bob@example.org", ""};
    InviteOutcome outcome;
    outcome.code = facts.Waiting();
    InviteeList list{{ann}, {{3, facts.words}}, 2};
    outcome.spared = {{ann, "invited.already", facts.words}, {nameless, "account.exists", "Here"}};
    Put(samples, "codes/invite_ask, nobody", InviteAskPage{typed, list, outcome});
    outcome.invited.resize(120, ann);
    outcome.invited.push_back(nameless);
    Put(samples, "codes/invite_ask, waiting", InviteAskPage{typed, list, outcome});
    outcome.code = facts.Made();
    outcome.is_mailed = true;
    Put(samples, "codes/invite_ask", InviteAskPage{typed, {}, outcome});
    InvitedPage page{"b1", {}};
    for (int state = 0; state < static_cast<int>(InviteState::kCount); ++state) {
        Invited invited{facts.Made(), {}, static_cast<InviteState>(state)};
        invited.code.email = invited.code.name = facts.words;
        invited.code.last_used_at = facts.now;
        if (state % 2 == 1) invited.mail.emplace().reason = facts.words;
        page.people.push_back(invited);
    }
    Put(samples, "codes/invited", page);
    page.words = facts.words;
    page.error = facts.Wrong("message");
    Put(samples, "codes/invited, refused", page);
    page.people.resize(1);
    page.people.front().code.name.clear();
    Put(samples, "codes/invited, all joined", page);
}

void PutNotifications(std::vector<Sample>& samples, const Facts& facts) {
    NotificationsPage page;
    for (int kind = 0; kind < static_cast<int>(NotificationKind::kCount); ++kind) {
        Notification one;
        one.kind = static_cast<NotificationKind>(kind);
        one.code_id = 7;
        one.code_label = one.reason = facts.words;
        one.actor_name = kind == 1 ? "" : facts.words;
        one.code_is_gone = kind == 2;
        one.at = facts.now - kind * kHour;
        if (kind > 1) one.seen_at = facts.now;
        page.notifications.push_back(one);
    }
    Put(samples, "account/notifications", page);
    Put(samples, "account/notifications, none", NotificationsPage{});
}

void PutBatches(std::vector<Sample>& samples, const Facts& facts) {
    const Fields typed({{"label", facts.words}, {"count", "250"}});
    Put(samples, "codes/batch_ask", BatchAskPage{facts.Made(), 250, typed});
    const QuotaLeft quota{{20, 50}, {18, 41, 0}};
    Put(samples, "codes/batch_ask, waiting", BatchAskPage{facts.Waiting(), 2, typed, quota});
    Put(samples, "codes/create, with a quota", CodeCreatePage{typed, {}, {}, {}, quota});
    Put(samples, "codes/import, with a quota", ImportNewPage{{}, "", {}, quota});
    Funnel funnel{1'204, true, 310, 87, 290, 141, 120, 96, 71};
    Put(samples, "codes/funnel",
        FunnelPage{{}, funnel, {{facts.words, funnel}, {"New Employee", {12}}}});
    CodeQuery meant;
    meant.search = meant.tag = meant.template_name = facts.words;
    meant.status = "usable";
    meant.batch = "b1";
    Put(samples, "codes/funnel, filtered and empty", FunnelPage{meant, {}});
    Put(samples, "codes/batch", BatchPage{"b1", facts.Made(), 2, 1, 3, facts.words});
    Put(samples, "codes/batch, waiting", BatchPage{"b1", facts.Waiting(), 2});
    Put(samples, "codes/batch, huge", BatchPage{"b1", facts.Made(), 90'000, 0, 0, "", true});
    SheetPage sheet{"b1", {{facts.Made(), facts.Waiting(), facts.Made()}, "next", "", {}}};
    sheet.first = 121;
    Put(samples, "codes/sheet", sheet);
    CodeDetailPage made;
    made.code = facts.Made();
    Put(samples, "codes/detail, of a batch", made);
}

}  // namespace

std::vector<Sample> TemplateSamples(std::string_view words, Millis now) {
    const Facts facts{std::string(words), now};
    std::vector<Sample> samples;
    PutTemplates(samples, facts);
    PutBatches(samples, facts);
    PutNotifications(samples, facts);
    for (Sample& sample : RequestSamples(facts.words, facts.now))
        samples.push_back(std::move(sample));
    PutInvited(samples, facts);
    PutImports(samples, facts);
    for (Sample& sample : RecallSamples(words, now)) samples.push_back(std::move(sample));
    for (Sample& sample : PullSamples(words, now)) samples.push_back(std::move(sample));
    return samples;
}

}  // namespace ostiary::pages
