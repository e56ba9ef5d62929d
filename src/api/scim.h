#pragma once

// SCIM 2.0 (HR-1, RFC 7643 and 7644). Routes and permissions stand in app/routes.cc.

#include "core/world.h"
#include "http/message.h"
#include "util/result.h"

namespace ostiary::api {

// What there is, told to whoever wants to know before they ask.
Result<Response> ScimServiceProviderConfig(const Request&, World&);
Result<Response> ScimResourceTypes(const Request&, World&);
Result<Response> ScimResourceType(const Request&, World&);
Result<Response> ScimSchemas(const Request&, World&);
Result<Response> ScimSchema(const Request&, World&);

// People.
Result<Response> ScimUserList(const Request&, World&);
Result<Response> ScimUserSearch(const Request&, World&);  // POST .search
Result<Response> ScimUserCreate(const Request&, World&);
Result<Response> ScimUserGet(const Request&, World&);
Result<Response> ScimUserPut(const Request&, World&);
Result<Response> ScimUserPatch(const Request&, World&);
Result<Response> ScimUserDelete(const Request&, World&);

// Roles and task groups.
Result<Response> ScimGroupList(const Request&, World&);
Result<Response> ScimGroupSearch(const Request&, World&);
Result<Response> ScimGroupCreate(const Request&, World&);
Result<Response> ScimGroupGet(const Request&, World&);
Result<Response> ScimGroupPut(const Request&, World&);
Result<Response> ScimGroupPatch(const Request&, World&);
Result<Response> ScimGroupDelete(const Request&, World&);

Result<Response> ScimSearch(const Request&, World&);  // POST /scim/v2/.search: both
Result<Response> ScimBulk(const Request&, World&);

}  // namespace ostiary::api
