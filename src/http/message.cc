#include "http/message.h"

#include <algorithm>

#include "http/forms.h"
#include "http/multipart.h"

namespace ostiary {

std::string_view NameOf(Method method) {
    switch (method) {
        case Method::kGet: return "GET";
        case Method::kHead: return "HEAD";
        case Method::kPost: return "POST";
        case Method::kPut: return "PUT";
        case Method::kPatch: return "PATCH";
        case Method::kDelete: return "DELETE";
        case Method::kOptions: return "OPTIONS";
    }
    return "";
}

std::optional<std::string_view> Fields::Find(std::string_view name) const {
    for (const auto& [key, value] : all_)
        if (key == name) return value;
    return std::nullopt;
}

std::string_view Fields::Get(std::string_view name) const {
    return Find(name).value_or(std::string_view{});
}

std::vector<std::string_view> Fields::All(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& [key, value] : all_)
        if (key == name) values.push_back(value);
    return values;
}

std::string_view Request::HeaderValue(std::string_view lower_case_name) const {
    for (const auto& [name, value] : headers)
        if (name == lower_case_name) return value;
    return {};
}

std::string_view Request::PathValue(std::string_view name) const {
    for (const auto& [key, value] : path_values)
        if (key == name) return value;
    return {};
}

std::string_view Request::Cookie(std::string_view name) const {
    for (const auto& [header, value] : headers) {
        if (header != "cookie") continue;
        std::string_view rest = value;
        while (!rest.empty()) {
            const auto end = std::min(rest.find(';'), rest.size());
            std::string_view pair = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
            const bool is_it =
                pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=';
            if (is_it) return pair.substr(name.size() + 1);
        }
    }
    return {};
}

Fields Request::Query() const { return DecodeFields(query); }

Fields Request::Form() const {
    if (IsForm(*this)) return DecodeFields(body);
    return IsMultipart(*this) ? DecodeMultipart(*this) : Fields{};
}

Origin Request::MakeOrigin() const {
    static constexpr std::pair<std::string_view, Door> kDoors[] = {
        {"/api/", Door::kApi},         {"/scim/", Door::kApi},      {"/admin/", Door::kAdmin},
        {"/manager/", Door::kManager}, {"/manage/", Door::kManage}, {"/account/", Door::kAccount},
    };
    for (const auto& [prefix, door] : kDoors)
        if (path.starts_with(prefix) || path == prefix.substr(0, prefix.size() - 1))
            return {door, client_address, request_id};
    return {Door::kPublic, client_address, request_id};
}

bool IsMachinePath(std::string_view path) {
    return path.starts_with("/api/") || path.starts_with("/scim/");
}

Response SeeOther(std::string location) {
    Response response;
    response.status = 303;
    response.content_type.clear();
    response.With("location", std::move(location));
    return response;
}

Response Json(int status, std::string body) {
    Response response;
    response.status = status;
    response.content_type = "application/json";
    response.body = std::move(body);
    return response;
}

}  // namespace ostiary
