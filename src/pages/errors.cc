#include "pages/pages.h"
#include "pages/views.h"
#include "pages/words.h"

namespace ostiary::pages {

View ViewOf(const Scene& scene, const FailurePage& page) {
    const ErrorWords words = WordsFor(page.status);
    View view("errors/error");
    // 403 and 5xx say the same to everybody; elsewhere the error knows better what happened.
    const bool own_words = page.status < 500 && !page.error.title.empty();
    view.Set("TITLE", own_words ? Said(page.error.title) : words.title)
        .Set("WHAT", own_words && !page.error.details.empty()
                         ? WithFullStop(Said(page.error.details))
                         : words.what);
    view.Set("ADVICE", words.advice)
        .Set("STATUS_NUMBER", page.status)
        .Set("REQUEST_ID", scene.request_id);
    view.Flag("SIGNED_OUT_NEEDED", page.status == 401).Set("HERE_PATH", scene.path);
    view.List("WRONG");
    for (const FieldError& field : page.error.fields)
        view.Add("WRONG").Set("WRONG_TEXT", Said(field.message));
    return view;
}

std::string ErrorPage(const Request& request, const World& world, int status, const Error& error) {
    const Scene scene = status < 500 ? SceneOf(request, world) : BareSceneOf(request, world);
    View view = ViewOf(scene, FailurePage{status, error});
    return Document(scene, view);
}

}  // namespace ostiary::pages
