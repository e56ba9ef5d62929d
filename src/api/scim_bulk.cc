// Many requests in one (RFC 7644, 3.7): each is what it would be alone, in its own transaction.

#include <fmt/format.h>

#include <map>

#include "api/scim.h"
#include "api/scim_answers.h"
#include "http/respond.h"
#include "http/scim_errors.h"
#include "util/text.h"

namespace ostiary::api {
namespace {

using enum Permission;
namespace json = boost::json;

constexpr std::size_t kMostOperations = 1000;
constexpr std::string_view kBulkId = "bulkId:";

struct Row {
    Method method;
    std::string_view path;  // {} stands for the id
    Result<Response> (*handler)(const Request&, World&);
};
constexpr Row kRows[] = {
    {Method::kPost, "/Users", ScimUserCreate},
    {Method::kPut, "/Users/{}", ScimUserPut},
    {Method::kPatch, "/Users/{}", ScimUserPatch},
    {Method::kDelete, "/Users/{}", ScimUserDelete},
    {Method::kPost, "/Groups", ScimGroupCreate},
    {Method::kPut, "/Groups/{}", ScimGroupPut},
    {Method::kPatch, "/Groups/{}", ScimGroupPatch},
    {Method::kDelete, "/Groups/{}", ScimGroupDelete},
};

std::string TextIn(const json::object& object, std::string_view name) {
    const json::value* value = scim::Member(object, name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

class Bulk {
public:
    Bulk(const Request& request, World& world) : request_(request), world_(world) {}

    // What came of one operation, and whether it went well.
    std::pair<json::object, bool> Do(const json::object& operation) {
        const std::string method = TextIn(operation, "method"), path = TextIn(operation, "path");
        const std::string bulk_id = TextIn(operation, "bulkId");
        json::object told;
        told["method"] = method;
        if (!bulk_id.empty()) told["bulkId"] = bulk_id;
        const Result<Response> answer = Run(operation, method, path, bulk_id);
        if (!answer.ok()) {
            const int status = ScimStatusOf(StatusOf(answer.error().kind), answer.error());
            told["status"] = std::to_string(status);
            told["response"] = json::parse(ScimErrorBody(status, answer.error()));
            return {std::move(told), false};
        }
        Tell(answer.value(), path, bulk_id, told);
        return {std::move(told), true};
    }

private:
    Result<Response> Run(const json::object& operation, std::string_view method,
                         const std::string& said_path, const std::string& bulk_id) {
        const std::string path = TRY(Resolved(said_path));
        for (const Row& row : kRows) {
            if (!scim::SameName(method, NameOf(row.method))) continue;
            const std::string_view stem = row.path.substr(0, row.path.find("/{}"));
            const bool has_id = stem.size() < row.path.size();
            Request one = request_;
            if (has_id) {
                if (!path.starts_with(stem) || path.size() < stem.size() + 2 ||
                    path[stem.size()] != '/')
                    continue;
                one.path_values = {{"id", path.substr(stem.size() + 1)}};
            } else if (path != stem) {
                continue;
            }
            if (row.method == Method::kPost && bulk_id.empty())
                return scim::Refused("invalidSyntax", "A POST within a bulk needs a bulkId");
            one.method = row.method;
            one.query.clear();
            std::erase_if(one.headers, [](const Header& header) {
                return header.first == "if-match" || header.first == "if-none-match";
            });
            if (const std::string version = TextIn(operation, "version"); !version.empty())
                one.headers.emplace_back("if-match", version);
            const json::value* data = scim::Member(operation, "data");
            one.body = data ? json::serialize(TRY(Resolved(*data))) : std::string();
            return row.handler(one, world_);
        }
        return scim::Refused("invalidPath", fmt::format("There is no {} {}", method, said_path));
    }

    void Tell(const Response& answer, const std::string& path, const std::string& bulk_id,
              json::object& told) {
        told["status"] = std::to_string(answer.status);
        for (const auto& [name, value] : answer.headers) {
            if (name == "ETag") told["version"] = value;
            if (name == "location" || name == "content-location") told["location"] = value;
        }
        if (!told.contains("location"))
            told["location"] = scim::BaseOf(world_.config) + Resolved(path).value();
        if (bulk_id.empty() || answer.body.empty()) return;
        const json::value made = json::parse(answer.body);
        made_[bulk_id] = std::string(made.at("id").as_string());
    }

    // "bulkId:x" is the id of what the operation x has made.
    Result<std::string> Resolved(const std::string& text) const {
        const auto at = text.find(kBulkId);
        if (at == text.npos) return text;
        const std::string name = text.substr(at + kBulkId.size());
        const auto made = made_.find(name);
        if (made == made_.end())
            return Error{ErrorKind::kConflict, "scim.invalidValue", "Conflict",
                         Sentence(fmt::format("No operation before this one made {}", name))};
        return text.substr(0, at) + made->second;
    }

    Result<json::value> Resolved(const json::value& value) const {
        if (const auto* text = value.if_string()) {
            if (!std::string_view(*text).starts_with(kBulkId)) return value;
            return json::value(TRY(Resolved(std::string(*text))));
        }
        if (const auto* list = value.if_array()) {
            json::array resolved;
            for (const json::value& one : *list) resolved.push_back(TRY(Resolved(one)));
            return json::value(std::move(resolved));
        }
        if (const auto* object = value.if_object()) {
            json::object resolved;
            for (const auto& [key, one] : *object) resolved[key] = TRY(Resolved(one));
            return json::value(std::move(resolved));
        }
        return value;
    }

    const Request& request_;
    World& world_;
    std::map<std::string, std::string> made_;
};

}  // namespace

Result<Response> ScimBulk(const Request& request, World& world) {
    TRY(request.actor->Ask<kScim>());
    const json::object body = TRY(scim::BodyOf(request));
    const json::value* operations = scim::Member(body, "Operations");
    if (!operations || !operations->is_array())
        return scim::Refused("invalidSyntax", "Operations must be a list of requests");
    if (operations->get_array().size() > kMostOperations)
        return Error{ErrorKind::kTooLarge, "scim.tooMany", "Too large",
                     Sentence(fmt::format("At most {} operations", kMostOperations))};
    const json::value* bound = scim::Member(body, "failOnErrors");
    const std::int64_t most_errors =
        bound && bound->is_int64() && bound->get_int64() > 0 ? bound->get_int64() : INT64_MAX;
    Bulk bulk(request, world);
    json::array told;
    std::int64_t errors = 0;
    for (const json::value& one : operations->get_array()) {
        if (!one.is_object()) return scim::Refused("invalidSyntax", "An operation is an object");
        auto [outcome, went_well] = bulk.Do(one.get_object());
        told.push_back(std::move(outcome));
        errors += went_well ? 0 : 1;
        if (errors >= most_errors) break;
    }
    return scim::Show(200, {{"schemas", {"urn:ietf:params:scim:api:messages:2.0:BulkResponse"}},
                            {"Operations", std::move(told)}});
}

}  // namespace ostiary::api
