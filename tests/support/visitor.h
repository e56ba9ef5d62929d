#pragma once

// Somebody with a browser, in process: keeps cookies, and sends forms with the token of the page
// they stand on.

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/house.h"

namespace ostiary {

class Visitor {
public:
    using Form = std::vector<std::pair<std::string, std::string>>;

    // With the headers of a browser, unless others are given.
    explicit Visitor(House& house, std::vector<Header> headers = BrowserHeaders())
        : house_(house), headers_(std::move(headers)) {}
    static std::vector<Header> BrowserHeaders();

    Answer Get(std::string_view path);
    // Opens `page`, then sends the form to `path` with that page's token.
    Answer Submit(std::string_view page, std::string_view path, const Form&);
    // Sends a form without having looked at any page.
    Answer Post(std::string_view path, const Form&);
    // The answer to logging in; 303 if that went well.
    Answer LogIn(std::string_view username, std::string_view password = kGoodPassword);

private:
    Answer Ask(Method, std::string_view path, std::string body);

    House& house_;
    std::vector<Header> headers_;
    std::map<std::string, std::string> cookies_;
    std::string csrf_token_;
};

}  // namespace ostiary
