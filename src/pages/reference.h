#pragma once

// The reference of the API, read from its OpenAPI document.

#include <boost/json/object.hpp>

#include "pages/scene.h"
#include "pages/view.h"

namespace ostiary::pages {

struct ReferencePage {  // reference/api
    boost::json::object document;
};
View ViewOf(const Scene&, const ReferencePage&);

}  // namespace ostiary::pages
