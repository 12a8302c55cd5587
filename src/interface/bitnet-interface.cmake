# Compiles bitnet-interface.hpp into llama-server. CMake reads this at the end of project() of every tree
# (CMAKE_PROJECT_INCLUDE), and does what it says at the end of the tree, when the targets are there. No file of the tree
# is changed.
if(BITNET_INTERFACE_HEADER OR NOT CMAKE_SOURCE_DIR STREQUAL CMAKE_CURRENT_SOURCE_DIR)
    return()
endif()

set(BITNET_INTERFACE_HEADER "${CMAKE_CURRENT_LIST_DIR}/bitnet-interface.hpp")
set(BITNET_INTERFACE_MEND "To do without these paths, add -DBITNET_INTERFACE=OFF to <backend><cmakeArguments> \
(-Dbitnet.backend.cmakeArguments).")

if(CMAKE_VERSION VERSION_LESS 3.19)
    # The space keeps CMake from breaking the line.
    message(FATAL_ERROR " This is CMake ${CMAKE_VERSION}; to add /generate, /docs and /openapi.json to llama-server takes 3.19 \
or later. Install a newer one, or compile in a container. ${BITNET_INTERFACE_MEND}")
endif()

# The file that registers llama-server's paths: in examples/server or tools/server, in the executable or its library.
function(bitnet_add_interface)
    foreach(target llama-server-impl llama-server)
        if(NOT TARGET ${target})
            continue()
        endif()
        get_target_property(directory ${target} SOURCE_DIR)
        get_target_property(sources ${target} SOURCES)
        foreach(source ${sources})
            get_filename_component(file "${source}" ABSOLUTE BASE_DIR "${directory}")
            if(NOT file MATCHES "\\.(cpp|cc|cxx)$" OR NOT EXISTS "${file}")
                continue()
            endif()
            file(STRINGS "${file}" servers REGEX "httplib::Server" LIMIT_COUNT 1)
            file(STRINGS "${file}" registrations REGEX "->Post *\\(" LIMIT_COUNT 1)
            if(servers AND registrations)
                set_property(SOURCE "${file}" TARGET_DIRECTORY ${target} APPEND PROPERTY
                    COMPILE_OPTIONS "--include=${BITNET_INTERFACE_HEADER}")
                message(STATUS "bitnet-interface: ${file} has /generate, /docs and /openapi.json")
                return()
            endif()
        endforeach()
    endforeach()
    message(FATAL_ERROR " This tree's llama-server does not register its paths in a way that is known, so /generate, /docs \
and /openapi.json cannot be added to it. Use another revision. ${BITNET_INTERFACE_MEND}")
endfunction()

cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}" CALL bitnet_add_interface)
