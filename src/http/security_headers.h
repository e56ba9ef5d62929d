#pragma once

// What every answer tells the browser not to do (SEC-1).

#include <string>
#include <vector>

#include "http/message.h"
#include "util/config.h"

namespace ostiary {

class SecurityHeaders {
public:
    explicit SecurityHeaders(const Config&);

    // Adds them all, but for those the handler has set itself. Pages need the long policies; for
    // JSON and files "nothing, and in nobody's frame" says it all.
    void AddTo(Response&, const Request&) const;

private:
    std::vector<Header> pages_, others_, dynamic_;
};

}  // namespace ostiary
