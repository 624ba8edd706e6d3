# Files of assets/ that are compiled into a library: each becomes a function that gives its text.

# Adds to `target` a source that defines `std::string_view <function>()` in `namespace`, declared in `header`.
function(embed_text target file namespace function header)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${file})
    file(READ ${CMAKE_SOURCE_DIR}/${file} text)
    set(source ${CMAKE_BINARY_DIR}/assets/${function}.cpp)
    set(mark "KUBETAB_ASSET")
    file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [=[
#include "@header@"

namespace @namespace@ {

std::string_view @function@() { return R"@mark@(@text@)@mark@"; }

}  // namespace @namespace@
]=])
    target_sources(${target} PRIVATE ${source})
endfunction()

embed_text(kt_api assets/time_zones.txt kubetab::api time_zones_text engine/api/time_zone.h)
embed_text(kt_cluster assets/flow_control.yaml kubetab::cluster flow_control_text engine/cluster/system_objects.h)
embed_text(kt_runtime assets/images.json kubetab::runtime images_json engine/runtime/assets.h)
embed_text(kt_server assets/rbac.txt kubetab::server bootstrap_policy_text
           engine/server/authorization/bootstrap.h)
embed_text(kt_kubectl assets/metrics-server.yaml kubetab::kubectl metrics_server_manifest
           engine/kubectl/known_manifests.h)
if(TARGET kt_rest)
    embed_text(kt_rest assets/protobuf_fields.txt kubetab::rest protobuf_fields_text engine/rest/protobuf.h)
endif()
