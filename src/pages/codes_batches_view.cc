#include "http/forms.h"
#include "pages/codes_funnel_views.h"
#include "pages/codes_looks.h"
#include "pages/codes_views.h"
#include "pages/forms.h"
#include "pages/language.h"
#include "pages/quotas.h"
#include "pages/recalls_views.h"
#include "pages/words.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

std::string HowMany(std::int64_t codes) { return TN("{} code", "{} codes", codes); }

std::string UsesEach(const Code& code) {
    return code.max_uses ? TN("{} person", "{} people", *code.max_uses) : T("Any number of people");
}

// What all codes of a batch have in common.
void SetAlike(View& view, const Scene& scene, const Code& code) {
    SetCode(view, scene, code);
    view.Set("USES_EACH", UsesEach(code));
    view.Set("TEMPLATE", code.template_name).Set("TAGS", Join(code.tags, ", "));
    view.Set("DOMAINS", Join(code.email_domains, ", ")).Set("WELCOME", code.welcome);
    view.Set("ACCOUNT_DAYS", code.account_days ? TN("{} day", "{} days", *code.account_days) : "");
    SetMoment(view, "STARTS", code.starts_at, scene);
    view.Flag("WAITS", code.approval == Approval::kPending);
}

void SetWays(View& view, const Scene& scene, const std::string& batch) {
    CodeQuery query;
    query.batch = batch;
    view.Set("BATCH", batch)
        .Set("BATCH_CODES_URL", ListAddress(*scene.portal, query))
        .Set("FUNNEL_URL", FunnelAddress(*scene.portal, query))
        .Set("LIST_URL", scene.portal->codes_path)
        .Set("LIST_TITLE", T(LookOf(*scene.portal).codes_title))
        .Set("BULK_URL", std::string(scene.portal->codes_path) + "bulk/")
        .Set("HERE_URL", BatchPath(*scene.portal, batch))
        .Set("RECALL_URL", RecallAddress(*scene.portal, RecallScope::kBatch, batch))
        .Set("SHEET_URL", BatchPath(*scene.portal, batch) + "sheet/");
}

}  // namespace

std::string BatchPath(const Portal& portal, std::string_view batch) {
    return std::string(portal.codes_path) + "batches/" + EncodeQueryValue(batch) + "/";
}

View ViewOf(const Scene& scene, const BatchAskPage& page) {
    View view("codes/batch_ask");
    SetAlike(view, scene, page.code);
    view.Set("TITLE", TN("Make {} code?", "Make {} codes?", page.count))
        .Set("DEED", TN("Make {} code", "Make {} codes", page.count))
        .Set("CREATE_URL", scene.portal->create_path)
        .Set("CREATE_TITLE", T(scene.portal->create_words));
    AddTyped(view, page.typed);
    SetQuota(view, page.quota);
    return view;
}

View ViewOf(const Scene& scene, const BatchPage& page) {
    View view("codes/batch");
    SetAlike(view, scene, page.first);
    SetWays(view, scene, page.batch);
    view.Set("TITLE", HowMany(page.codes)).Set("MATCHING", page.codes);
    view.Set("JOINED", page.people == 0
                           ? T("Nobody has joined with them yet.")
                           : T("{} joined with {}.", TN("{} person", "{} people", page.people),
                               HowMany(page.used)));
    view.Set("LINKS", page.links)
        .Flag("TOO_MANY_LINKS", page.too_many_links)
        .Flag("MAY_CHANGE", scene.May(Permission::kCodesWrite));
    return view;
}

View ViewOf(const Scene& scene, const SheetPage& page) {
    View view("codes/sheet");
    SetWays(view, scene, page.batch);
    const auto count = static_cast<std::int64_t>(page.page.codes.size());
    view.Set("TITLE", T("Codes {} to {}", page.first, page.first + count - 1));
    view.List("SHEET_CODES").Flag("ANY_HIDDEN", false);
    for (const Code& code : page.page.codes) {
        if (IsRedacted(code)) {
            view.Flag("ANY_HIDDEN", true);
            continue;
        }
        View& one = view.Add("SHEET_CODES");
        SetCode(one, scene, code);
        SetQr(one, RegistrationUrl(scene.config, code));
        one.Set("INVITED_AS", InvitedAs(scene.catalogue(), code)).Set("USES_EACH", UsesEach(code));
    }
    const std::string path = BatchPath(*scene.portal, page.batch) + "sheet/";
    view.Set("NEXT_URL", page.page.next.empty()
                             ? ""
                             : path + "?cursor=" + EncodeQueryValue(page.page.next) +
                                   "&from=" + std::to_string(page.first + count));
    view.Set("PREVIOUS_URL", page.first == 1 ? "" : path);
    return view;
}

}  // namespace ostiary::pages
