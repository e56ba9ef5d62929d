#include "pages/codes_invite_views.h"

#include <algorithm>
#include <array>

#include "http/forms.h"
#include "pages/codes_form.h"
#include "pages/codes_looks.h"
#include "pages/codes_views.h"
#include "pages/forms.h"
#include "pages/language.h"
#include "pages/mails.h"
#include "pages/quotas.h"
#include "pages/words.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

constexpr std::size_t kMostShown = 100;  // before it is agreed to
constexpr std::size_t kStates = static_cast<std::size_t>(InviteState::kCount);

std::string PeopleInWords(std::size_t count) {
    return TN("{} person", "{} people", static_cast<std::int64_t>(count));
}

Badge BadgeOf(InviteState state) {
    switch (state) {
        case InviteState::kJoined: return {"active", "check", T("Joined")};
        case InviteState::kFailed: return {"revoked", "alert", T("Mail failed")};
        case InviteState::kOnItsWay: return {"pending", "hourglass", T("On its way")};
        case InviteState::kMailed: return {"usable", "mail", T("Invited")};
        case InviteState::kNotMailed: return {"inactive", "link", T("No mail")};
        case InviteState::kWaiting: return {"pending", "stamp", T("Waits for approval")};
        case InviteState::kEnded: return {"expired", "close", T("Ended")};
        case InviteState::kCount: break;
    }
    std::abort();
}

std::vector<Field> FieldsOf(const Scene& scene, const InvitePage& page) {
    const Catalogue& catalogue = scene.catalogue();
    Field people{
        "area",
        "people",
        T("People"),
        T("One address on each line, with the name before or after it if you like. A column "
          "of a spreadsheet can be pasted."),
        {},
        {},
        "off",
        "required"};
    Field words{"area",
                "message",
                T("A few words of yours"),
                scene.config.SendsMail()
                    ? T("They stand above the link in each mail.")
                    : T("No mail is sent from here: you copy the links, or write yourself."),
                {},
                {},
                "off",
                "",
                "1000"};
    if (page.like) return {people, words};
    std::vector<Option> templates;
    for (const Template& one : page.templates) templates.push_back({one.name, one.name});
    Field days{"number", "expires_days", T("Expires after days"),
               T("Blank: as the template says, or never.")};
    days.quick = QuickDays();
    Field label{"text", "label", T("Label"), T("For you and your colleagues. Guests never see it."),
                {},     {},      "off",      scene.portal->label_required ? "required" : "",
                "200"};
    std::vector<Field> fields = {people};
    if (!templates.empty())
        fields.push_back({"choice",
                          "template",
                          T("Template"),
                          "",
                          {},
                          WithAny(T("None"), std::move(templates))});
    const std::string open = T("As the template says, or the usual one");
    fields.push_back({"choice", "role", T("Role"), "", {}, WithAny(open, RoleOptions(catalogue))});
    fields.push_back({"choice",
                      "task_group",
                      T("Task Group"),
                      "",
                      {},
                      WithAny(open, TaskGroupOptions(catalogue))});
    fields.push_back(std::move(days));
    fields.push_back(std::move(label));
    fields.push_back(std::move(words));
    return fields;
}

void SetInvitedTo(View& view, const Scene& scene, const Code& code) {
    SetCode(view, scene, code);
    view.Set("TEMPLATE", code.template_name).Flag("WAITS", code.approval == Approval::kPending);
}

void SetTrail(View& view, const Scene& scene) {
    view.Set("LIST_URL", scene.portal->codes_path)
        .Set("LIST_TITLE", T(LookOf(*scene.portal).codes_title));
}

void AddPerson(View& row, const Invitee& person) {
    row.Set("PERSON_NAME", person.name).Set("PERSON_EMAIL", person.email);
}

// What happened last, and when.
std::optional<Millis> MomentOf(const Invited& one) {
    if (one.state == InviteState::kJoined) return one.code.last_used_at;
    if (one.mail && one.state != InviteState::kNotMailed)
        return one.mail->done_at ? one.mail->done_at : one.mail->created_at;
    return one.code.created_at;
}

void AddFigures(View& view, const std::vector<Invited>& people) {
    std::array<std::int64_t, kStates> counts{};
    for (const Invited& one : people) ++counts.at(static_cast<std::size_t>(one.state));
    view.List("FIGURES");
    for (std::size_t i = 0; i < kStates; ++i) {
        if (counts.at(i) == 0 && i != static_cast<std::size_t>(InviteState::kJoined)) continue;
        const Badge badge = BadgeOf(static_cast<InviteState>(i));
        view.Add("FIGURES")
            .Set("FIGURE", InGroups(counts.at(i)))
            .Set("TONE", badge.tone)
            .Set("ICON", badge.icon)
            .Set("STATUS", badge.word);
    }
    view.Set("JOINED_SHARE",
             people.empty() ? 0 : 100 * counts[0] / static_cast<std::int64_t>(people.size()));
}

void AddRows(View& view, const Scene& scene, const std::vector<Invited>& people) {
    view.List("ROWS");
    for (const Invited& one : people) {
        View& row = view.Add("ROWS");
        AddPerson(row, {one.code.email, one.code.name});
        const Badge badge = BadgeOf(one.state);
        row.Set("TONE", badge.tone).Set("ICON", badge.icon).Set("STATUS", badge.word);
        row.Set("CODE_URL", CodePath(*scene.portal, one.code.id));
        const bool failed = one.state == InviteState::kFailed;
        row.Set("REASON", failed && one.mail ? one.mail->reason : "");
        SetMoment(row, "WHEN", MomentOf(one), scene);
        const bool open = one.state != InviteState::kJoined && one.state != InviteState::kEnded;
        row.Set("LINK", open ? RegistrationUrl(scene.config, one.code) : "");
    }
}

}  // namespace

std::string InvitePath(const Portal& portal, std::string_view batch) {
    const std::string path = std::string(portal.codes_path) + "invite/";
    return batch.empty() ? path : path + "?batch=" + EncodeQueryValue(batch);
}

View ViewOf(const Scene& scene, const InvitePage& page) {
    View view("codes/invite");
    SetTrail(view, scene);
    view.Set("TITLE", page.like ? T("Invite more people") : T("Invite a list of people"))
        .Set("FORM_URL", InvitePath(*scene.portal))
        .Set("BATCH", page.typed.Get("batch"));
    view.Flag("HAS_OTHERS", page.like.has_value());
    SetInvitedTo(view, scene, page.like.value_or(Code{}));
    view.Set("MOST", static_cast<std::int64_t>(kMostInvited));
    view.List("FIELDS");
    const std::vector<FieldError> none;
    for (Field field : FieldsOf(scene, page)) {
        field.value = Typed(page.typed, field.name);
        AddField(view, "FIELDS", "invite", field, page.error ? page.error->fields : none);
    }
    SetErrors(view, "invite", page.error ? &*page.error : nullptr);
    SetQuota(view, page.quota);
    return view;
}

View ViewOf(const Scene& scene, const InviteAskPage& page) {
    View view("codes/invite_ask");
    SetTrail(view, scene);
    SetInvitedTo(view, scene, page.outcome.code);
    const std::size_t count = page.outcome.invited.size();
    view.Set("TITLE",
             count == 0 ? T("There is nobody to invite") : T("Invite {}?", PeopleInWords(count)))
        .Set("DEED", T("Invite {}", PeopleInWords(count)))
        .Set("FORM_URL", InvitePath(*scene.portal));
    const bool waits = page.outcome.code.approval == Approval::kPending;
    view.Flag("ANY_INVITED", count > 0)
        .Flag("IS_MAILED", page.outcome.is_mailed || (waits && scene.config.SendsMail()));
    AddTyped(view, page.typed);
    view.List("INVITED").List("SPARED").List("ODD");
    for (std::size_t i = 0; i < std::min(count, kMostShown); ++i)
        AddPerson(view.Add("INVITED"), page.outcome.invited[i]);
    view.Set("MORE", count > kMostShown ? T("and {} more", count - kMostShown) : "");
    for (const SparedInvitee& one : page.outcome.spared) {
        View& row = view.Add("SPARED");
        AddPerson(row, one.person);
        row.Set("WHY", Said(one.sentence));
    }
    for (const OddEntry& one : page.list.odd)
        view.Add("ODD").Set("LINE", one.line).Set("ODD_TEXT", one.text);
    view.Set("REPEATED",
             page.list.repetitions > 0
                 ? TN("{} address stands there twice and is invited once.",
                      "{} addresses stand there again and are invited once.", page.list.repetitions)
                 : "");
    return view;
}

View ViewOf(const Scene& scene, const InvitedPage& page) {
    View view("codes/invited");
    SetTrail(view, scene);
    SetInvitedTo(view, scene, page.people.front().code);
    view.Set("TITLE", TN("{} person invited", "{} people invited",
                         static_cast<std::int64_t>(page.people.size())));
    AddFigures(view, page.people);
    AddRows(view, scene, page.people);
    const auto remindable = std::ranges::count_if(page.people, [](const Invited& one) {
        return one.state == InviteState::kMailed || one.state == InviteState::kFailed ||
               one.state == InviteState::kNotMailed;
    });
    const auto open = std::ranges::count_if(page.people, [](const Invited& one) {
        return one.state != InviteState::kJoined && one.state != InviteState::kEnded;
    });
    CodeQuery query;
    query.batch = page.batch;
    view.Set("BATCH", page.batch)
        .Set("BATCH_CODES_URL", ListAddress(*scene.portal, query))
        .Set("BULK_URL", std::string(scene.portal->codes_path) + "bulk/")
        .Set("REMIND_URL", BatchPath(*scene.portal, page.batch) + "remind/")
        .Set("SHEET_URL", BatchPath(*scene.portal, page.batch) + "sheet/")
        .Set("MORE_URL", InvitePath(*scene.portal, page.batch))
        .Set("WORDS", page.words);
    view.Flag("MAY_CHANGE", scene.May(Permission::kCodesWrite))
        .Flag("MAIL_ON", scene.config.SendsMail())
        .Flag("ANY_OPEN", open > 0);
    view.Set("REMIND",
             remindable > 0 ? TN("Remind {} person", "Remind {} people", remindable) : "");
    SetErrors(view, "remind", page.error ? &*page.error : nullptr);
    return view;
}

}  // namespace ostiary::pages
