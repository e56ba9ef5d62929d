// Requests for invitations as JSON.

#include <boost/json.hpp>

#include "core/requests.h"
#include "core/shapes.h"
#include "util/text.h"

namespace ostiary {
namespace {

namespace json = boost::json;

json::value OrNull(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

}  // namespace

std::string RequestJson(const InvitationRequest& request) {
    return json::serialize(json::object{
        {"id", request.id},
        {"state", NameOf(request.state)},
        {"email", request.email},
        {"name", request.name},
        {"message", request.words},
        {"task_group", OrNull(request.task_group)},
        {"language", request.language},
        {"times_asked", request.times_asked},
        {"asked_at", FormatRfc3339(request.asked_at)},
        {"last_asked_at", FormatRfc3339(request.last_asked_at)},
        {"decided_at", request.decided_at ? json::value(FormatRfc3339(*request.decided_at))
                                          : json::value(nullptr)},
        {"decided_by", OrNull(request.decided_by)},
        {"reason", OrNull(request.reason)},
        {"code_id", request.code_id == 0 ? json::value(nullptr) : json::value(request.code_id)}});
}

}  // namespace ostiary
