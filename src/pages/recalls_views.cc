#include "pages/recalls_views.h"

#include <cstdlib>

#include "http/forms.h"
#include "pages/codes_looks.h"
#include "pages/codes_views.h"
#include "pages/forms.h"
#include "pages/language.h"
#include "pages/places_views.h"
#include "pages/words.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

const std::vector<FieldError> kNoErrors;

std::string ScopeWord(RecallScope scope) {
    switch (scope) {
        case RecallScope::kCode: return T("One code");
        case RecallScope::kBatch: return T("Codes made together");
        case RecallScope::kPerson: return T("Everything one person issued");
        case RecallScope::kBranch: return T("That, and all that came of it");
        case RecallScope::kCount: break;
    }
    std::abort();
}

// "The code “Spring crew”", as a heading goes on.
std::string SubjectWords(RecallScope scope, const std::string& name) {
    const std::string known = name.empty() ? T("what is no more") : name;
    switch (scope) {
        case RecallScope::kCode: return T("the code “{}”", known);
        case RecallScope::kBatch: return T("the batch “{}”", known);
        case RecallScope::kPerson: return T("what {} issued", known);
        case RecallScope::kBranch: return T("what {} issued, and all that came of it", known);
        case RecallScope::kCount: break;
    }
    std::abort();
}

Badge BadgeOf(RecallState state) {
    switch (state) {
        case RecallState::kRunning: return {"pending", "hourglass", T("Not finished")};
        case RecallState::kDone: return {"active", "check", T("Done")};
        case RecallState::kUndoing: return {"pending", "hourglass", T("Being undone")};
        case RecallState::kUndone: return {"inactive", "undo", T("Undone")};
        case RecallState::kCount: break;
    }
    std::abort();
}

std::string Codes(std::int64_t n) { return TN("{} code", "{} codes", n); }
std::string Accounts(std::int64_t n) { return TN("{} account", "{} accounts", n); }

// "3 codes and 2 accounts"; nothing where it is neither.
std::string What(std::int64_t codes, std::int64_t accounts) {
    if (codes > 0 && accounts > 0) return T("{} and {}", Codes(codes), Accounts(accounts));
    if (accounts > 0) return Accounts(accounts);
    return codes > 0 ? Codes(codes) : "";
}

void AddFigure(View& view, std::int64_t number, std::string_view label) {
    view.Add("FIGURES").Set("FIGURE", number).Set("FIGURE_LABEL", label);
}

void SetSubject(View& view, const Scene& scene, const Recall& recall, const std::string& name) {
    view.Set("SUBJECT", SubjectWords(recall.scope, name)).Set("REASON", recall.reason);
    SetMoment(view, "SINCE", recall.since == 0 ? std::nullopt : std::optional(recall.since), scene);
}

void SetItem(View& row, const Scene& scene, const RecallItemShown& one) {
    const RecallItem& item = one.item;
    row.Set("ITEM_NAME", item.is_code()     ? NameOfCode(item.code_id, one.name)
                         : one.name.empty() ? T("An account that was deleted since")
                                            : one.name)
        .Set("ITEM_NOTE", one.full_name)
        .Set("ITEM_KIND", item.is_code() ? T("Code") : T("Account"));
    const bool may_edit = scene.May(Permission::kUsersWrite) && !one.name.empty();
    row.Set("ITEM_URL", item.is_code() ? CodePath(*scene.portal, item.code_id)
                        : may_edit     ? "/admin/users/" + item.account_id + "/"
                                       : "");
    SetMoment(row, "ITEM_JOINED", one.joined_at, scene);
}

// What has come of it by now.
void SetOutcome(View& row, const RecallItem& item) {
    const bool is_back = item.undone == kBroughtBack;
    if (!item.spared.empty()) {
        row.Set("TONE", "inactive").Set("ICON", "info").Set("STATUS", T("Left alone"));
        row.Set("ITEM_WHY", WithFullStop(Said(WhySpared(item.spared))));
    } else if (item.undone.empty()) {
        row.Set("TONE", "revoked").Set("ICON", "close");
        row.Set("STATUS", item.is_code() ? T("Deactivated") : T("Locked out")).Set("ITEM_WHY", "");
    } else {
        row.Set("TONE", is_back ? "active" : "warning").Set("ICON", is_back ? "undo" : "alert");
        row.Set("STATUS", is_back ? T("Brought back") : T("Not brought back"));
        row.Set("ITEM_WHY", is_back ? "" : WithFullStop(Said(WhySpared(item.undone))));
    }
}

void AddFields(View& view, const Scene& scene, const RecallNewPage& page) {
    const auto& errors = page.error ? page.error->fields : kNoErrors;
    view.List("FIELDS").List("REASON_FIELD");
    const auto add = [&](std::string_view list, Field field) {
        const auto all = page.typed.All(field.name);
        field.value = all.empty() ? "" : std::string(all.back());
        AddField(view, list, "recall", field, errors);
    };
    std::vector<Option> scopes;
    for (int scope = 0; scope < static_cast<int>(RecallScope::kCount); ++scope)
        scopes.push_back({std::string(NameOf(static_cast<RecallScope>(scope))),
                          ScopeWord(static_cast<RecallScope>(scope))});
    add("FIELDS", {"choice", "scope", T("What is taken back"), "", "", scopes});
    add("FIELDS", {"word",
                   "subject",
                   T("Which"),
                   T("The number of the code, the batch, or the person’s username."),
                   "",
                   {},
                   "off",
                   "required",
                   "150"});
    if (scene.May(Permission::kUsersWrite))
        add("FIELDS", {"moment", "since", T("Accounts that joined since"),
                       T("In {}. Blank: whenever they joined.", ZoneName(scene.time_zone))});
    add("FIELDS", {"check", "revoke_codes", T("Deactivate the codes")});
    if (scene.May(Permission::kUsersWrite))
        add("FIELDS",
            {"check", "deactivate_accounts", T("Lock out the accounts that came through them")});
    add("REASON_FIELD", {"area",
                         "reason",
                         T("Reason"),
                         T("Kept with the recall and in the audit log."),
                         "",
                         {},
                         "off",
                         "",
                         "500"});
}

void AddLook(View& view, const Scene& scene, std::string_view list, std::string_view more,
             const std::vector<RecallItemShown>& items, std::int64_t count) {
    view.List(list);
    for (const RecallItemShown& one : items) {
        View& row = view.Add(list);
        SetItem(row, scene, one);
        row.Set("ITEM_WHY",
                one.item.spared.empty() ? "" : WithFullStop(Said(WhySpared(one.item.spared))));
    }
    const auto shown = static_cast<std::int64_t>(items.size());
    view.Set(more, count > shown ? T("and {} more", count - shown) : "");
}

// What is sent when it is done: what was looked at, and not what was typed since.
void AddAgreed(View& view, const RecallNewPage& page, const Recall& recall) {
    const Fields agreed({{"scope", std::string(NameOf(recall.scope))},
                         {"subject", recall.subject},
                         {"since", recall.since == 0 ? "" : FormatRfc3339(recall.since)},
                         {"revoke_codes", recall.revokes_codes ? "1" : "0"},
                         {"deactivate_accounts", recall.deactivates_accounts ? "1" : "0"},
                         {"id", page.id}});
    AddTyped(view, agreed);
}

}  // namespace

std::string RecallsPath(const Portal& portal, std::string_view id) {
    std::string path = std::string(portal.home) + "recalls/";
    if (!id.empty()) path.append(id).append("/");
    return path;
}

std::string RecallAddress(const Portal& portal, RecallScope scope, std::string_view subject) {
    return RecallsPath(portal, "new") + "?scope=" + std::string(NameOf(scope)) +
           "&subject=" + EncodeQueryValue(subject);
}

View ViewOf(const Scene& scene, const RecallsPage& page) {
    View view("recalls/list");
    const std::string path = RecallsPath(*scene.portal);
    view.Set("TITLE", T("Recalls")).Set("NEW_URL", path + "new/").List("ROWS");
    view.Flag("MAY_RECALL", scene.May(Permission::kCodesWrite));
    for (const RecallShown& one : page.recalls) {
        View& row = view.Add("ROWS");
        const Badge badge = BadgeOf(one.recall.state);
        row.Set("TONE", badge.tone).Set("ICON", badge.icon).Set("STATUS", badge.word);
        SetSubject(row, scene, one.recall, one.subject_name);
        SetMoment(row, "WHEN", one.recall.created_at, scene);
        const std::string what = What(one.tally.codes, one.tally.accounts);
        row.Set("RECALL_URL", RecallsPath(*scene.portal, one.recall.id))
            .Set("WHO", one.recall.created_by)
            .Set("WHAT", what.empty() ? T("Nothing") : what);
    }
    view.Set("PREVIOUS_URL", page.is_first ? "" : path)
        .Set("NEXT_URL", page.next.empty() ? "" : path + "?after=" + page.next);
    return view;
}

View ViewOf(const Scene& scene, const RecallNewPage& page) {
    View view("recalls/form");
    view.Set("TITLE", T("Recall")).Set("LIST_URL", RecallsPath(*scene.portal));
    view.Set("FORM_URL", RecallsPath(*scene.portal, "new"));
    view.Flag("HAS_LOOK", page.preview.has_value()).Flag("ACCOUNTS_MEANT", false).Set("DEED", "");
    view.Flag("MAY_ACCOUNTS", scene.May(Permission::kUsersWrite)).List("TYPED");
    SetErrors(view, "recall", page.error ? &*page.error : nullptr);
    AddFields(view, scene, page);
    if (!page.preview) return view;
    const RecallPreview& look = *page.preview;
    const RecallTally& tally = look.tally;
    SetSubject(view, scene, look.recall, look.subject_name);
    AddAgreed(view, page, look.recall);
    const std::string what = What(tally.codes, tally.accounts);
    view.Set("DEED", what.empty() ? "" : T("Recall {}", what));
    view.Flag("ACCOUNTS_MEANT", look.recall.deactivates_accounts)
        .Flag("CODES_MEANT", look.recall.revokes_codes);
    view.Set("CAME", look.came == 0
                         ? T("Nobody came through them.")
                         : TN("{} person came through them and keeps the account.",
                              "{} people came through them and keep their accounts.", look.came));
    view.Set("CODES_WORDS", T("{} of {} will be deactivated", tally.codes,
                              Codes(tally.codes + tally.codes_spared)));
    view.Set("ACCOUNTS_WORDS", T("{} of {} will be locked out", tally.accounts,
                                 Accounts(tally.accounts + tally.accounts_spared)));
    AddLook(view, scene, "LOOK_CODES", "MORE_CODES", look.codes, tally.codes + tally.codes_spared);
    AddLook(view, scene, "LOOK_ACCOUNTS", "MORE_ACCOUNTS", look.accounts,
            tally.accounts + tally.accounts_spared);
    return view;
}

View ViewOf(const Scene& scene, const RecallPage& page) {
    const Recall& recall = page.shown.recall;
    const RecallTally& tally = page.shown.tally;
    View view("recalls/detail");
    const std::string path = RecallsPath(*scene.portal, recall.id);
    const Badge badge = BadgeOf(recall.state);
    view.Set("TITLE", T("Recall of {}", SubjectWords(recall.scope, page.shown.subject_name)))
        .Set("LIST_URL", RecallsPath(*scene.portal))
        .Set("RUN_URL", RecallsPath(*scene.portal, "new"))
        .Set("UNDO_URL", path + "undo/")
        .Set("WHO", recall.created_by)
        .Set("UNDONE_BY", recall.undone_by);
    view.Set("TONE", badge.tone).Set("ICON", badge.icon).Set("STATUS", badge.word);
    SetSubject(view, scene, recall, page.shown.subject_name);
    SetMoment(view, "WHEN", recall.created_at, scene);
    SetMoment(view, "UNDONE", recall.undone_at, scene);
    const bool may = scene.May(Permission::kCodesWrite) &&
                     (!recall.deactivates_accounts || scene.May(Permission::kUsersWrite));
    view.Flag("IS_RUNNING", recall.state == RecallState::kRunning)
        .Flag("MAY_GO_ON", may && recall.state == RecallState::kRunning)
        .Flag("MAY_UNDO",
              may && recall.state != RecallState::kUndone && tally.codes + tally.accounts > 0);
    RecallNewPage same;
    same.id = recall.id;
    AddAgreed(view, same, recall);
    view.List("FIGURES").List("ROWS");
    AddFigure(view, tally.codes, T("Codes deactivated"));
    AddFigure(view, tally.accounts, T("Accounts locked out"));
    AddFigure(view, tally.codes_spared + tally.accounts_spared, T("Left alone"));
    if (recall.undone_at) {
        AddFigure(view, tally.brought_back, T("Brought back"));
        AddFigure(view, tally.kept, T("Not brought back"));
    }
    for (const RecallItemShown& one : page.items) {
        View& row = view.Add("ROWS");
        SetItem(row, scene, one);
        SetOutcome(row, one.item);
    }
    view.Set("PREVIOUS_URL", page.is_first ? "" : path)
        .Set("NEXT_URL", page.next.empty() ? "" : path + "?after=" + page.next);
    return view;
}

}  // namespace ostiary::pages
