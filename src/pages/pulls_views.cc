#include "pages/pulls_views.h"

#include <algorithm>
#include <cstdlib>

#include "pages/codes_looks.h"
#include "pages/forms.h"
#include "pages/language.h"
#include "pages/words.h"

namespace ostiary::pages {
namespace {

const std::vector<FieldError> kNoErrors;

struct StateLook {
    Badge badge;
    std::string about;
};

StateLook LookOf(PullState state) {
    switch (state) {
        case PullState::kFetching:
            return {{"pending", "hourglass", T("Being fetched")},
                    T("You can leave this page; it goes on by itself.")};
        case PullState::kWaiting: return {{"warning", "stamp", T("Waits for you")}, ""};
        case PullState::kApplying:
            return {{"pending", "hourglass", T("Being applied")},
                    T("You can leave this page; it goes on by itself.")};
        case PullState::kApplied: return {{"active", "check", T("Applied")}, ""};
        case PullState::kSame:
            return {{"inactive", "check", T("Nothing new")},
                    T("The file says nothing that is not so already.")};
        case PullState::kSuperseded:
            return {{"inactive", "history", T("Replaced")},
                    T("A newer one took its place; nothing of this one was done.")};
        case PullState::kDiscarded:
            return {{"inactive", "close", T("Discarded")},
                    T("Nothing was done. What still differs is proposed again by the next one.")};
        case PullState::kFailed: return {{"revoked", "alert", T("Failed")}, T("Nothing was done.")};
        case PullState::kCount: break;
    }
    std::abort();
}

void SetState(View& view, const Pull& pull) {
    const StateLook look = LookOf(pull.state);
    view.Set("TONE", look.badge.tone).Set("ICON", look.badge.icon).Set("STATUS", look.badge.word);
    view.Set("ABOUT", look.about);
}

std::string LabelOf(std::string_view field) {
    if (field == pull::kUserName) return T("User name");
    if (field == pull::kName) return T("Name");
    if (field == pull::kEmail) return T("Email");
    if (field == pull::kRole) return T("Role");
    if (field == pull::kTaskGroup) return T("Task Group");
    if (field == pull::kAircraftRoles) return T("Aircraft roles");
    if (field == pull::kActive) return T("Active");
    return std::string(field);
}

std::string WordsOf(const Catalogue& catalogue, std::string_view field, const std::string& word) {
    if (word.empty()) return "";
    if (field == pull::kRole) return RoleLabel(catalogue, word);
    if (field == pull::kTaskGroup) return TaskGroupLabel(catalogue, word);
    if (field == pull::kActive) return word == pull::kYes ? T("Yes") : T("No");
    return word;
}

// What is in store for so many, or has come of them.
std::string HeadingOf(PullKind kind, std::int64_t n, bool is_over) {
    switch (kind) {
        case PullKind::kLeave:
            return is_over ? TN("{} person to leave", "{} people to leave", n)
                           : TN("{} person would leave", "{} people would leave", n);
        case PullKind::kChange:
            return is_over ? TN("{} person to change", "{} people to change", n)
                           : TN("{} person would change", "{} people would change", n);
        case PullKind::kLink:
            return is_over ? TN("{} person to link", "{} people to link", n)
                           : TN("{} person is here already and would be linked",
                                "{} people are here already and would be linked", n);
        case PullKind::kInvite:
            return is_over ? TN("{} person to invite", "{} people to invite", n)
                           : TN("{} person would be invited", "{} people would be invited", n);
        case PullKind::kCount: break;
    }
    std::abort();
}

std::string AboutKind(PullKind kind) {
    switch (kind) {
        case PullKind::kLeave:
            return T(
                "They stand in the file no more, or are inactive there: accounts are "
                "deactivated, invitations withdrawn.");
        case PullKind::kChange: return "";
        case PullKind::kLink:
            return T("Nothing about them changes: from then on the source speaks for them.");
        case PullKind::kInvite:
            return T("Each gets a code of their own that works for their address alone.");
        case PullKind::kCount: break;
    }
    std::abort();
}

std::int64_t CountOf(const Pull& pull, PullKind kind) {
    switch (kind) {
        case PullKind::kLeave: return pull.leavers;
        case PullKind::kChange: return pull.changes;
        case PullKind::kLink: return pull.links;
        case PullKind::kInvite: return pull.invites;
        case PullKind::kCount: break;
    }
    std::abort();
}

void AddFigure(View& view, std::int64_t number, std::string_view label, bool is_loud = false) {
    view.Add("FIGURES")
        .Set("FIGURE", InGroups(number))
        .Set("FIGURE_LABEL", label)
        .Flag("IS_LOUD", is_loud && number > 0);
}

void AddFact(View& row, const Scene& scene, std::string_view field, const std::string& before,
             const std::string& after, bool is_new) {
    const Catalogue& catalogue = scene.config.catalogue;
    row.Add("FACTS")
        .Set("FACT_NAME", LabelOf(field))
        .Set("FACT_BEFORE", WordsOf(catalogue, field, before))
        .Set("FACT_AFTER", WordsOf(catalogue, field, after))
        .Flag("IS_CHANGE", !is_new);
}

void AddChange(View& group, const Scene& scene, const PullChange& change) {
    View& row = group.Add("ROWS");
    const PullBody body = UnpackBody(change.body);
    const std::string& known = body.name.empty() ? body.email : body.name;
    row.Set("PERSON", known.empty() ? T("Somebody") : known)
        .Set("PERSON_NOTE", known == body.email ? "" : body.email);
    row.List("FACTS");
    if (change.kind == PullKind::kInvite) {
        for (const std::string_view field : {pull::kRole, pull::kTaskGroup, pull::kAircraftRoles})
            if (const std::string word(ostiary::WordOf(body.words, field)); !word.empty())
                AddFact(row, scene, field, "", word, true);
    } else if (change.kind == PullKind::kChange) {
        for (const PullDifference& one : body.differences)
            AddFact(row, scene, one.field, one.before, one.after, false);
    }
    const bool is_done = change.outcome == kPullWasDone;
    row.Set("TONE", is_done ? "active" : "revoked").Set("ICON", is_done ? "check" : "alert");
    row.Set("STATUS", change.outcome.empty() ? "" : is_done ? T("Done") : T("Not done"));
    row.Set("WHY", WithFullStop(Said(change.reason)));
}

void AddGroups(View& view, const Scene& scene, const PullPage& page, bool is_over) {
    view.List("GROUPS");
    View* group = nullptr;
    PullKind kind = PullKind::kCount;
    for (const PullChange& one : page.changes) {
        if (one.kind != kind) {
            kind = one.kind;
            group = &view.Add("GROUPS");
            group->Set("GROUP", HeadingOf(kind, CountOf(page.pull, kind), is_over))
                .Set("GROUP_ID", "pull-" + std::string(NameOf(kind)))
                .Set("GROUP_ABOUT", is_over ? "" : AboutKind(kind))
                .Flag("IS_LEAVE", kind == PullKind::kLeave && !is_over)
                .List("ROWS");
        }
        AddChange(*group, scene, one);
    }
}

void AddWrong(View& view, const PullPage& page) {
    view.List("WRONG");
    for (const ImportError& one : page.errors)
        view.Add("WRONG")
            .Set("WRONG_ROW", one.row)
            .Set("WRONG_FIELD", Labelled(one.field))
            .Set("WRONG_WHY", Said(one.sentence));
    view.Set("WRONG_COUNT", TN("{} row is wrong", "{} rows are wrong", page.pull.wrong));
    view.Set("UNNAMED",
             page.pull.unnamed == 0
                 ? ""
                 : T("It cannot be told whom all of these rows are about, so nobody counts as gone "
                     "because they stand in the file no more."));
}

void AddForm(View& view, const PullPage& page) {
    const auto& errors = page.error ? page.error->fields : kNoErrors;
    view.List("FIELDS");
    const auto add = [&](Field field) {
        const auto all = page.typed.All(field.name);
        field.value = all.empty() ? "" : std::string(all.back());
        AddField(view, "FIELDS", "pull", field, errors);
    };
    if (MustCountLeavers(page.pull))
        add({"number",
             "expected_leavers",
             T("How many people will leave?"),
             page.pull.rows == 0
                 ? T("The file is empty. Type the number, so that nobody leaves by mistake.")
                 : T("It is a large part of those who came from here. Type the number, so that "
                     "nobody leaves because a file was cut off."),
             "",
             {},
             "off",
             "required",
             "9"});
    if (page.pull.wrong > 0)
        add({"check", "good_rows_only", T("Apply the good rows only"),
             TN("{} row is wrong and would be left out.",
                "{} rows are wrong and would be left out.", page.pull.wrong)});
}

}  // namespace

std::string PullsPath(std::string_view id) {
    std::string path = "/admin/pulls/";
    if (!id.empty()) path.append(id).append("/");
    return path;
}

View ViewOf(const Scene& scene, const PullsPage& page) {
    View view("pulls/list");
    view.Set("TITLE", T("Pulls of people")).Set("FORM_URL", PullsPath()).List("ROWS");
    view.Set("SOURCE", ShownSource(scene.config))
        .Set("EVERY", TN("It is fetched again after {} hour.",
                         "It is fetched again after {} hours.", scene.config.pull_every_hours));
    for (const Pull& one : page.pulls) {
        View& row = view.Add("ROWS");
        SetState(row, one);
        SetMoment(row, "WHEN", one.created_at, scene);
        row.Set("PULL_URL", PullsPath(one.id))
            .Set("MOMENT", MomentInWords(one.created_at, scene.time_zone))
            .Set("WHO", one.ended_by)
            .Set("ASKED_BY", one.asked_by)
            .Set("TROUBLE", Said(one.trouble))
            .Set("WHAT", one.total() == 0 ? "" : TN("{} change", "{} changes", one.total()))
            .Set("LEAVERS", one.leavers == 0 ? ""
                                             : HeadingOf(PullKind::kLeave, one.leavers,
                                                         one.state != PullState::kWaiting));
    }
    view.Set("PREVIOUS_URL", page.is_first ? "" : PullsPath())
        .Set("NEXT_URL", page.next.empty() ? "" : PullsPath() + "?after=" + page.next);
    return view;
}

View ViewOf(const Scene& scene, const PullPage& page) {
    const Pull& pull = page.pull;
    View view("pulls/detail");
    const std::string path = PullsPath(pull.id);
    view.Set("TITLE", T("Pull of {}", MomentInWords(pull.created_at, scene.time_zone)))
        .Set("LIST_URL", PullsPath())
        .Set("APPLY_URL", path + "apply/")
        .Set("DISCARD_URL", path + "discard/")
        .Set("SOURCE", pull.source)
        .Set("ASKED_BY", pull.asked_by)
        .Set("ENDED_BY", pull.ended_by)
        .Set("TROUBLE", WithFullStop(Said(pull.trouble)));
    SetState(view, pull);
    SetMoment(view, "WHEN", pull.created_at, scene);
    const bool waits = pull.state == PullState::kWaiting;
    const bool applies = pull.state == PullState::kApplying;
    const bool is_over = pull.state == PullState::kApplied || applies || pull.done > 0;
    view.Flag("MAY_APPLY", waits).Flag("IS_APPLYING", applies).Flag("IS_WAITING", waits);
    const std::int64_t settled = pull.done + pull.failed;
    view.Set("DONE_SHARE", pull.total() == 0 ? 100 : 100 * settled / pull.total());
    view.Set("DEED", TN("Apply {} change", "Apply {} changes", pull.total() - settled));
    view.List("FIGURES");
    if (pull.state != PullState::kFetching && pull.state != PullState::kSame) {
        AddFigure(view, pull.leavers, T("Leave"), true);
        AddFigure(view, pull.changes, T("Change"));
        AddFigure(view, pull.links, T("Linked"));
        AddFigure(view, pull.invites, T("Invited"));
        if (pull.wrong > 0) AddFigure(view, pull.wrong, T("Wrong rows"), true);
        if (is_over) AddFigure(view, pull.done, T("Done"));
        if (is_over) AddFigure(view, pull.failed, T("Not done"), true);
    }
    SetErrors(view, "pull", page.error ? &*page.error : nullptr);
    AddForm(view, page);
    AddGroups(view, scene, page, is_over);
    AddWrong(view, page);
    view.Set("PREVIOUS_URL", page.is_first ? "" : path)
        .Set("NEXT_URL", page.next == 0 ? "" : path + "?after=" + std::to_string(page.next));
    return view;
}

}  // namespace ostiary::pages
