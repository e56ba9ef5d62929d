// Many codes at once: what will come of it is shown first, then it is done, and what could not be
// done is named (ADM-2).

#include "core/codes_bulk.h"

#include "core/bulk_jobs.h"
#include "core/codes.h"
#include "http/respond.h"
#include "pages/ask.h"
#include "pages/codes_jobs_views.h"
#include "pages/codes_looks.h"
#include "pages/codes_views.h"
#include "pages/language.h"
#include "pages/pages.h"
#include "pages/words.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

using enum Permission;

// As long as somebody waits without wondering; the rest goes on by itself.
constexpr Millis kPatience = 800;

std::optional<BulkDeed> DeedOf(const Fields& form) {
    for (const BulkDeed deed :
         {BulkDeed::kRevoke, BulkDeed::kReactivate, BulkDeed::kEdit, BulkDeed::kDelete})
        if (form.Get("action") == ActionOf(deed)) return deed;
    return std::nullopt;
}

// Ticked boxes, or their numbers in one field; or the filters, if all that match are meant.
CodeChoice ChoiceOf(const Fields& form) {
    CodeChoice choice;
    if (form.Get("all") == "1") {
        choice.all = QueryOf(form);
        choice.expected = ParseInt(form.Get("matching"));
        return choice;
    }
    for (const std::string_view ids : form.All("ids"))
        for (const std::string& typed : SplitList(ids, ','))
            if (const auto id = ParseInt(typed); id && *id > 0) choice.ids.push_back(*id);
    return choice;
}

BulkEdit EditOf(const Fields& form) {
    BulkEdit edit;
    if (!form.Get("max_uses").empty()) edit.max_uses = Typed(form, "max_uses");
    if (!form.Get("notes").empty()) edit.notes = Typed(form, "notes");
    if (form.Get("expires") == "never")
        edit.expires_at = "";
    else if (!form.Get("expires").empty())
        edit.expires_days = Typed(form, "expires");
    edit.add_tags = SplitList(form.Get("add_tags"), ',');
    edit.remove_tags = SplitList(form.Get("remove_tags"), ',');
    return edit;
}

bool SaysNothing(const BulkEdit& edit) {
    return !edit.max_uses && !edit.notes && !edit.expires_at && !edit.expires_days &&
           edit.add_tags.empty() && edit.remove_tags.empty();
}

std::string BackToList(const Request& request) {
    return ListAddress(*PortalAt(request.path), QueryOf(request.Form()));
}

Response Refuse(const Request& request, World& world, const Sentence& why) {
    return SeeOtherAndTell(world, BackToList(request), NoticeKind::kRefused,
                           WithFullStop(Said(why)));
}

Result<Response> Ask(const Request& request, World& world, BulkDeed deed, CodeChoice choice,
                     std::optional<Error> error) {
    const auto permit = TRY(PermitOf<kCodesWrite>(request));
    auto outcome = PreviewBulk(permit, world, RulesHere(request, world), choice, deed, {});
    if (!outcome.ok()) {
        if (!IsForTheForm(outcome.error())) return outcome.error();
        return Refuse(request, world, outcome.error().details);
    }
    if (choice.all) choice.expected = static_cast<std::int64_t>(outcome->chosen);
    const int status = error ? StatusOf(error->kind) : 200;
    const Scene scene = SceneOf(request, world);
    View view = ViewOf(scene, BulkAskPage{deed, std::move(choice), std::move(outcome).value(),
                                          request.Form(), std::move(error)});
    return Show(scene, view, status);
}

NoticeKind NoticeOf(BulkDeed deed) {
    switch (deed) {
        case BulkDeed::kRevoke: return NoticeKind::kCodesSwitchedOff;
        case BulkDeed::kReactivate: return NoticeKind::kCodesSwitchedOn;
        case BulkDeed::kEdit: return NoticeKind::kCodesSaved;
        default: return NoticeKind::kCodesDeleted;
    }
}

}  // namespace

Result<Response> CodesBulk(const Request& request, World& world) {
    const Fields form = request.Form();
    CodeChoice choice = ChoiceOf(form);
    if (!choice.all && choice.ids.empty())
        return Refuse(request, world, "Nothing was done: tick the codes first");
    if (form.Get("action") == "export") {
        const auto permit = TRY(PermitOf<kCodesRead>(request));
        auto file = ExportCodes(permit, world, RulesHere(request, world), std::move(choice));
        if (!file.ok()) return Refuse(request, world, file.error().details);
        return CsvFile("codes.csv", std::move(file).value());
    }
    const auto deed = DeedOf(form);
    if (!deed) return Refuse(request, world, "Nothing was done: choose an action first");
    return Ask(request, world, *deed, std::move(choice), {});
}

Result<Response> CodesBulkRun(const Request& request, World& world) {
    const Fields form = request.Form();
    const auto permit = TRY(PermitOf<kCodesWrite>(request));
    const auto deed = DeedOf(form);
    const CodeChoice choice = ChoiceOf(form);
    const BulkEdit edit = EditOf(form);
    if (!deed || (!choice.all && choice.ids.empty()))
        return Refuse(request, world, "Nothing was done: tick the codes first");
    if (*deed == BulkDeed::kEdit && SaysNothing(edit))
        return Ask(request, world, *deed, choice,
                   Error{ErrorKind::kInvalid, "edit.empty", "Nothing to change",
                         "Fill in at least one field"});
    const auto done =
        StartBulk(permit, world, RulesHere(request, world), choice, *deed, edit, kPatience);
    if (!done.ok()) {
        if (!IsForTheForm(done.error())) return done.error();
        return Ask(request, world, *deed, choice, done.error());
    }
    const std::string followed = BulkJobPath(*PortalAt(request.path), done->id);
    if (done->goes_on() || done->spared() > 0) return SeeOther(followed);
    Response response = SeeOther(BackToList(request));
    Tell(response, world,
         {NoticeOf(*deed), TN("{} code", "{} codes", done->changed),
          done->may_be_undone() ? std::optional(followed + "undo/") : std::nullopt});
    return response;
}

}  // namespace ostiary::pages
