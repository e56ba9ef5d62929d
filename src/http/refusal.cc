#include "http/refusal.h"

#include "http/respond.h"

namespace ostiary {

Response AnswerTo(const Refusal& refusal, std::string_view request_id) {
    Error error{ErrorKind::kInvalid, std::string(refusal.reason)};
    error.title = std::string(TitleOf(refusal.status));
    error.details = std::string(refusal.details);
    Response response = Json(refusal.status, ErrorBody(error, request_id));
    response.With("cache-control", "no-store").With("x-content-type-options", "nosniff");
    if (refusal.status == 503) response.With("retry-after", "1");
    return response;
}

}  // namespace ostiary
