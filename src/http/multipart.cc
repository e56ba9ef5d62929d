#include "http/multipart.h"

#include <cgicc/Cgicc.h>

#include <algorithm>
#include <cstring>

#include "http/forms.h"
#include "http/router.h"

namespace ostiary {
namespace {

constexpr std::string_view kType = "multipart/form-data";
constexpr std::size_t kMostFields = 1000;

// The library asks for a body and its description as a web server gives them to a program.
class Body final : public cgicc::CgiInput {
public:
    explicit Body(const Request& request) : request_(request) {}

    std::size_t read(char* data, std::size_t length) override {
        const std::size_t given = std::min(length, request_.body.size() - read_);
        std::memcpy(data, request_.body.data() + read_, given);
        read_ += given;
        return given;
    }

    std::string getenv(const char* name) override {
        const std::string_view asked = name;
        if (asked == "REQUEST_METHOD") return "POST";
        if (asked == "CONTENT_TYPE") return std::string(request_.HeaderValue("content-type"));
        if (asked == "CONTENT_LENGTH") return std::to_string(request_.body.size());
        return {};
    }

private:
    const Request& request_;
    std::size_t read_ = 0;
};

}  // namespace

bool IsMultipart(const Request& request) {
    return IsOfType(request, kType) && request.route != nullptr &&
           request.route->brings == Brings::kFile;
}

Fields DecodeMultipart(const Request& request) {
    std::vector<std::pair<std::string, std::string>> all;
    Body body(request);
    try {
        const cgicc::Cgicc form(&body);
        if (form.getElements().size() > kMostFields) return {};
        for (const cgicc::FormEntry& one : form.getElements())
            all.emplace_back(one.getName(), one.getValue());
        for (const cgicc::FormFile& one : form.getFiles())
            all.emplace_back(one.getName(), one.getData());
    } catch (const std::exception&) {  // how the library says that it is no such form
        return {};
    }
    return Fields(std::move(all));
}

}  // namespace ostiary
