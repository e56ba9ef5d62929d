// Why does this code not work (REG-4)? Guests are never told; whoever manages codes may ask.

#include "core/codes.h"
#include "pages/ask.h"
#include "pages/codes_looks.h"
#include "pages/codes_views.h"
#include "pages/language.h"
#include "pages/pages.h"
#include "pages/words.h"

namespace ostiary::pages {

View ViewOf(const Scene& scene, const CodeExplainPage& page) {
    View view("codes/explain");
    const Portal& portal = *scene.portal;
    view.Set("TITLE", T("Why does a code not work?"))
        .Set("LIST_URL", portal.codes_path)
        .Set("LIST_TITLE", T(LookOf(portal).codes_title))
        .Set("EXPLAIN_URL", std::string(portal.codes_path) + "explain/");
    AddField(view, "FIELDS", "explain",
             {"code",
              "code",
              T("Code"),
              T("As it was typed or read out to you."),
              page.typed,
              {},
              "off",
              "required",
              "64"},
             {});
    view.List("ANSWER").List("NEAR");
    if (!page.answer) return view;
    const Explanation& answer = *page.answer;
    View& told = view.Add("ANSWER");
    told.Set("ANSWER_WORDS", Said(answer.sentence))
        .Set("ANSWER_TONE", answer.usable ? "active" : "warning")
        .Set("ANSWER_ICON", answer.usable ? "check" : "alert")
        .Set("FOUND_URL", answer.code ? CodePath(portal, answer.code->id) : "")
        .Set("FOUND_LABEL", answer.code ? NameOf(*answer.code) : "");
    for (const Code& near : answer.suggestions)
        view.Add("NEAR")
            .Set("NEAR_URL", CodePath(portal, near.id))
            .Set("NEAR_CODE", near.shown)
            .Set("NEAR_LABEL", NameOf(near));
    return view;
}

Result<Response> CodeExplain(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<Permission::kCodesExplain>(request));
    const Fields query = request.Query();
    CodeExplainPage page{Typed(query, "code"), {}};
    if (!page.typed.empty())
        page.answer = TRY(ExplainCode(permit, world, RulesHere(request, world).scope, page.typed));
    const Scene scene = SceneOf(request, world);
    View view = ViewOf(scene, page);
    return Show(scene, view);
}

}  // namespace ostiary::pages
