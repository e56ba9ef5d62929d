#include "support/contract.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "api/openapi.h"
#include "app/routes.h"

namespace ostiary {
namespace {

namespace json = boost::json;

// As much of JSON Schema as the document uses. A property that no schema names is a breach here:
// what is answered must be described.
class Judge {
public:
    explicit Judge(const json::object& document)
        : schemas_(document.at("components").at("schemas").as_object()) {}

    std::string Find(const json::value& value, const json::object& schema, const std::string& at) {
        if (const json::value* to = schema.if_contains("$ref")) {
            const std::string_view name = to->as_string();
            return Find(value, schemas_.at(name.substr(name.rfind('/') + 1)).as_object(), at);
        }
        if (const json::value* any = schema.if_contains("anyOf")) {
            std::string breach;
            for (const json::value& choice : any->as_array()) {
                breach = Find(value, choice.as_object(), at);
                if (breach.empty()) break;
            }
            return breach;
        }
        if (schema.empty()) return {};  // whatever it is
        if (!IsOfType(value, schema.at("type")))
            return at + " is of another type: " + json::serialize(value);
        if (value.is_array()) return FindInList(value.as_array(), schema, at);
        return value.is_object() ? FindInObject(value.as_object(), schema, at) : "";
    }

private:
    static bool IsOfType(const json::value& value, const json::value& type) {
        if (type.is_array())
            return std::ranges::any_of(type.as_array(),
                                       [&](const auto& one) { return IsOfType(value, one); });
        const std::string_view name = type.as_string();
        return (name == "string" && value.is_string()) || (name == "boolean" && value.is_bool()) ||
               (name == "integer" && (value.is_int64() || value.is_uint64())) ||
               (name == "null" && value.is_null()) || (name == "array" && value.is_array()) ||
               (name == "object" && value.is_object());
    }

    std::string FindInList(const json::array& list, const json::object& schema,
                           const std::string& at) {
        for (std::size_t i = 0; i < list.size(); ++i)
            if (auto breach =
                    Find(list[i], schema.at("items").as_object(), fmt::format("{}[{}]", at, i));
                !breach.empty())
                return breach;
        return {};
    }

    std::string FindInObject(const json::object& object, const json::object& schema,
                             const std::string& at) {
        if (const json::value* required = schema.if_contains("required"))
            for (const json::value& name : required->as_array())
                if (!object.contains(name.as_string()))
                    return fmt::format("{} has no {}", at, std::string_view(name.as_string()));
        for (const auto& [name, value] : object) {
            const std::string place = at + "." + std::string(name);
            const json::value* property =
                schema.contains("properties")
                    ? schema.at("properties").as_object().if_contains(name)
                    : nullptr;
            if (property == nullptr) property = schema.if_contains("additionalProperties");
            if (property == nullptr) return place + " is not described";
            if (auto breach = Find(value, property->as_object(), place); !breach.empty())
                return breach;
        }
        return {};
    }

    const json::object& schemas_;
};

std::string BreachInError(Judge& judge, const Response& response) {
    if (response.content_type == "application/problem+json") return {};
    return judge.Find(json::parse(response.body),
                      json::object{{"$ref", "#/components/schemas/Error"}}, "error");
}

std::string BreachInSuccess(Judge& judge, const json::object& operation, const Response& response) {
    const json::value* listed =
        operation.at("responses").as_object().if_contains(std::to_string(response.status));
    if (!listed) return fmt::format("status {} is not described", response.status);
    const json::value* content = listed->as_object().if_contains("content");
    if (!content) return response.body.empty() ? "" : "a body is not described";
    const std::string media = response.content_type.substr(0, response.content_type.find(';'));
    const json::value* body = content->as_object().if_contains(media);
    if (!body) return "media type " + media + " is not described";
    if (media != "application/json" || !body->as_object().at("schema").as_object().contains("$ref"))
        return {};
    return judge.Find(json::parse(response.body), body->at("schema").as_object(), "body");
}

// SCIM has a contract of its own (RFC 7644): what every answer below /scim/ must be.
std::string BreachInScim(const Response& response) {
    if (response.body.empty())
        return response.status == 204 || response.status == 304 ? "" : "there is no body";
    if (response.content_type != "application/scim+json")
        return "media type " + response.content_type + " is not SCIM";
    const json::object body = json::parse(response.body).as_object();
    if (!body.contains("schemas")) return "body has no schemas";
    if (response.status < 400) return {};
    if (body.at("schemas") != json::array{"urn:ietf:params:scim:api:messages:2.0:Error"})
        return "an error has another schema";
    if (body.at("status").as_string() != std::to_string(response.status))
        return "status is another one";
    return body.contains("detail") ? "" : "error has no detail";
}

}  // namespace

std::string BreachOfContract(const Config& config, const Request& request,
                             const Response& response) {
    static const Router router(Routes());
    static const json::object document = api::OpenApi(Routes(), config);
    if (!IsMachinePath(request.path) || response.status == 204) return {};
    if (request.path.starts_with("/scim/")) return BreachInScim(response);
    Judge judge(document);
    if (response.status >= 400) return BreachInError(judge, response);
    const Route* route = router.Find(request.method, request.path).route;
    if (route == nullptr) return "nobody answers this";
    std::string method(NameOf(route->method));
    for (char& c : method) c = static_cast<char>(c | 0x20);
    const json::value* path = document.at("paths").as_object().if_contains(
        json::string_view(route->path.data(), route->path.size()));
    const json::value* operation = path ? path->as_object().if_contains(method) : nullptr;
    if (operation == nullptr) return std::string(route->name) + " is not in the contract";
    return BreachInSuccess(judge, operation->as_object(), response);
}

}  // namespace ostiary
