#include "core/bulk_jobs_shapes.h"

#include <boost/json.hpp>

#include "util/text.h"

namespace ostiary {
namespace {

namespace json = boost::json;

json::value TextOrNull(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

}  // namespace

std::string BulkJobJson(const BulkJob& job) {
    json::object shape;
    shape["job"] = job.id;
    shape["action"] = json::string(NameOf(job.deed));
    shape["state"] = json::string(NameOf(job.state));
    shape["matched"] = job.chosen;
    shape["looked_at"] = job.looked_at;
    shape["changed"] = job.changed;
    shape["skipped"] = job.spared();
    shape["people"] = job.people;
    shape["brought_back"] = job.brought_back;
    shape["kept"] = job.kept;
    shape["may_be_undone"] = job.may_be_undone();
    shape["trouble"] = TextOrNull(job.trouble);
    shape["created_by"] = job.created_by;
    shape["ended_by"] = TextOrNull(job.ended_by);
    shape["created_at"] = FormatRfc3339(job.created_at);
    shape["updated_at"] = FormatRfc3339(job.updated_at);
    return json::serialize(shape);
}

std::string SparedCodeJson(const SparedCode& code) {
    return json::serialize(
        json::object{{"id", code.id},
                     {"reason", code.reason},
                     {"details", static_cast<const std::string&>(code.sentence)}});
}

}  // namespace ostiary
