#include "app/reference.h"

#include <boost/json.hpp>

#include "api/answers.h"
#include "api/openapi.h"
#include "app/routes.h"
#include "pages/reference.h"
#include "pages/views.h"

namespace ostiary::app {

Result<Response> OpenApiDocument(const Request& request, World& world) {
    TRY(api::KnowOnly(request, {}));
    return Json(200, boost::json::serialize(api::OpenApi(Routes(), world.config)))
        .With("cache-control", "no-cache");
}

Result<Response> ApiReference(const Request& request, World& world) {
    return pages::ShowPage(pages::SceneOf(request, world),
                           pages::ReferencePage{api::OpenApi(Routes(), world.config)});
}

}  // namespace ostiary::app
