// Queries, forms and cookies: fields come out, and go back in.

#include "fuzz.h"
#include "http/forms.h"
#include "http/json_body.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ostiary;
    Request request;
    request.body = request.query = fuzz::Bytes(data, size);
    request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
    request.headers.emplace_back("cookie", request.body);
    const Fields fields = DecodeFields(request.query);
    std::string written;
    for (const auto& [name, value] : fields.all())
        written +=
            (written.empty() ? "" : "&") + EncodeQueryValue(name) + "=" + EncodeQueryValue(value);
    const Fields again = DecodeFields(written), form = request.Form();
    fuzz::Claim(again.all() == fields.all(), "fields survive being written");
    if (CheckFields(request).ok())
        for (const auto& [name, value] : form.all())
            fuzz::Claim(value.find('\0') == std::string::npos, "a clean field has no NUL");
    (void)ReadFormOrJson(request);
    (void)request.Cookie("session");
    return 0;
}
