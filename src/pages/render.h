#pragma once

// Views become HTML. render.cc is the only file that knows the template engine.

#include <string>
#include <string_view>
#include <vector>

#include "pages/view.h"

namespace ostiary::pages {

struct Rendered {
    std::string html;
    std::vector<std::string> missing;  // asked for by a template and known to no view: a defect
};

// The layout around the view's own template. What is missing is left out, and logged.
std::string Render(const View&);
// The same, telling what is missing: for tests.
Rendered RenderStrictly(const View&);

// A template by itself, without the frame of pages: "mail/invitation.txt". Only those that end in
// .html are escaped, and only those lose their empty lines.
std::string RenderFile(const std::string& name, const View&);
Rendered RenderFileStrictly(const std::string& name, const View&);

// Why the templates cannot be trusted, one sentence each; empty when they can. Looks for what the
// engine does not: a file without its escaping pragma, values in attributes it does not understand,
// values in a query without :u, inline styles and scripts.
std::vector<std::string> TemplateFaults();
std::vector<std::string> FaultsOf(std::string_view name, std::string_view text);

}  // namespace ostiary::pages
