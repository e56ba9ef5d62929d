#include "http/json_body.h"

#include <fmt/format.h>
#include <algorithm>
#include <boost/json.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <set>
#include <string>
#include <vector>

#include "http/forms.h"
#include "util/text.h"

namespace ostiary {
namespace {

namespace json = boost::json;

constexpr std::size_t kDeepest = 32;

Error Malformed(std::string details) {
    return {ErrorKind::kInvalid, "request.malformed", "Invalid request", std::move(details)};
}

// Builds the value and notices keys that come twice, which the library would silently let the last
// one win.
class Builder {
public:
    static constexpr std::size_t max_object_size = json::object::max_size();
    static constexpr std::size_t max_array_size = json::array::max_size();
    static constexpr std::size_t max_key_size = json::string::max_size();
    static constexpr std::size_t max_string_size = json::string::max_size();

    Builder() { values_.reset(); }
    json::value Release() { return values_.release(); }
    const std::string& twice() const { return twice_; }

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_object_begin(json::error_code&) {
        keys_.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t n, json::error_code&) {
        keys_.pop_back();
        values_.push_object(n);
        return true;
    }
    bool on_array_begin(json::error_code&) { return true; }
    bool on_array_end(std::size_t n, json::error_code&) {
        values_.push_array(n);
        return true;
    }
    bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
        key_.append(part.data(), part.size());
        values_.push_chars(part);
        return true;
    }
    bool on_key(json::string_view part, std::size_t, json::error_code& code) {
        key_.append(part.data(), part.size());
        values_.push_key(part);
        const bool is_new = keys_.back().insert(key_).second;
        if (!is_new) {
            twice_ = key_;
            code = json::error::syntax;
        }
        key_.clear();
        return is_new;
    }
    bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
        values_.push_chars(part);
        return true;
    }
    bool on_string(json::string_view part, std::size_t, json::error_code&) {
        values_.push_string(part);
        return true;
    }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t number, json::string_view, json::error_code&) {
        values_.push_int64(number);
        return true;
    }
    bool on_uint64(std::uint64_t number, json::string_view, json::error_code&) {
        values_.push_uint64(number);
        return true;
    }
    bool on_double(double number, json::string_view, json::error_code&) {
        values_.push_double(number);
        return true;
    }
    bool on_bool(bool flag, json::error_code&) {
        values_.push_bool(flag);
        return true;
    }
    bool on_null(json::error_code&) {
        values_.push_null();
        return true;
    }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }

private:
    json::value_stack values_;
    std::vector<std::set<std::string>> keys_;  // of the objects that are open
    std::string key_, twice_;
};

std::string Explain(json::error_code code, const std::string& twice, std::size_t position) {
    if (!twice.empty()) {
        const std::string name = IsCleanText(twice, Lines::kOne) ? "\"" + twice + "\" " : "A key ";
        return fmt::format("{}is there twice, the second time before byte {}", name, position);
    }
    if (code == json::error::too_deep)
        return fmt::format("The JSON is nested deeper than {} levels, at byte {}", kDeepest,
                           position);
    return fmt::format("The body is not valid JSON: {} at byte {}", code.message(), position);
}

Result<json::object> Parse(std::string_view body) {
    json::parse_options options;
    options.max_depth = kDeepest;
    json::basic_parser<Builder> parser(options);
    json::error_code code;
    const std::size_t read = parser.write_some(false, body.data(), body.size(), code);
    if (code) return Malformed(Explain(code, parser.handler().twice(), read));
    const auto rest = body.substr(read).find_first_not_of(" \t\r\n");
    if (rest != std::string_view::npos)
        return Malformed(fmt::format("Something follows the JSON at byte {}", read + rest));
    json::value value = parser.handler().Release();
    if (!value.is_object())
        return Malformed("The body must be a JSON object: {\"name\": value, …}");
    return std::move(value.get_object());
}

bool IsJson(const Request& request) {
    const std::string type = LowerAscii(request.HeaderValue("content-type"));
    const auto semicolon = std::min(type.find(';'), type.size());
    const std::string_view name = Trim(std::string_view(type).substr(0, semicolon));
    const std::string_view parameters = std::string_view(type).substr(semicolon);
    const bool is_other_charset = parameters.find("charset=") != std::string_view::npos &&
                                  parameters.find("utf-8") == std::string_view::npos;
    const bool is_json =
        name == "application/json" || (name.starts_with("application/") && name.ends_with("+json"));
    return is_json && !is_other_charset;
}

}  // namespace

Result<json::object> ReadJsonBody(const Request& request) {
    if (!IsJson(request))
        return Error{ErrorKind::kMediaType, "request.media_type", "Unsupported media type",
                     "Send the body as application/json"};
    if (request.body.empty()) return Malformed("The body is empty; send a JSON object");
    return Parse(request.body);
}

Result<json::object> ReadOptionalJsonBody(const Request& request) {
    if (request.body.empty()) return json::object{};
    return ReadJsonBody(request);
}

Result<json::object> ReadFormOrJson(const Request& request) {
    if (!IsForm(request)) return ReadJsonBody(request);
    json::object object;
    const Fields form = request.Form();
    for (const auto& [name, value] : form.all()) {
        const bool is_new = object.emplace(name, value).second;
        if (!is_new) return Malformed("\"" + name + "\" is there twice");
    }
    return object;
}

std::optional<std::int64_t> WholeNumber(const json::value& value) {
    if (value.is_int64()) return value.get_int64();
    return std::nullopt;
}

}  // namespace ostiary
