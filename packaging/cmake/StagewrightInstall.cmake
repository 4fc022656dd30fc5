# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The Stagewright authors

# What `cmake --install` puts where, and the packages that CPack makes of it: one for the desktop program and one for
# the command line, which needs no GUI library.

include(GNUInstallDirs)
set(packaging "${PROJECT_SOURCE_DIR}/packaging")

install(TARGETS stagewright-cli RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT cli)
install(FILES "${packaging}/man/stagewright-cli.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT cli)
install(FILES "${packaging}/completions/stagewright-cli.bash"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" RENAME stagewright-cli COMPONENT cli)
install(FILES "${packaging}/completions/_stagewright-cli"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions" COMPONENT cli)
install(FILES "${packaging}/completions/stagewright-cli.fish"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d" COMPONENT cli)
# For editors that complete and check what they edit.
install(FILES "${PROJECT_SOURCE_DIR}/resources/stagewright.schema.json"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/stagewright" COMPONENT cli)
install(FILES "${PROJECT_SOURCE_DIR}/resources/catalog/schema.json"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/stagewright" RENAME catalog.schema.json COMPONENT cli)
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/stagewright-cli"
    RENAME copyright COMPONENT cli)
set(components cli)

if(TARGET stagewright)
    install(TARGETS stagewright RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT gui)
    install(FILES "${packaging}/man/stagewright.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT gui)
    install(FILES "${packaging}/linux/stagewright.desktop"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/applications" COMPONENT gui)
    install(FILES "${packaging}/linux/stagewright.metainfo.xml"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/metainfo" COMPONENT gui)
    install(FILES "${packaging}/linux/stagewright-mime.xml"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/mime/packages" RENAME stagewright.xml COMPONENT gui)
    install(FILES "${PROJECT_SOURCE_DIR}/resources/icons/stagewright.svg"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps" COMPONENT gui)
    install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/stagewright"
        RENAME copyright COMPONENT gui)
    list(APPEND components gui)
endif()

set(CPACK_PACKAGE_NAME stagewright)
set(CPACK_PACKAGE_VENDOR "The Stagewright authors")
set(CPACK_PACKAGE_CONTACT "The Stagewright authors <maintainers@stagewright.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_GENERATOR DEB TGZ)
set(CPACK_SOURCE_GENERATOR TGZ)
set(CPACK_SOURCE_IGNORE_FILES "/\\\\.git/;/build/")
set(CPACK_PACKAGE_DIRECTORY "${CMAKE_BINARY_DIR}/packages")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL ${components})
set(CPACK_VERBATIM_VARIABLES ON)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_CLI_PACKAGE_NAME stagewright-cli)
set(CPACK_COMPONENT_CLI_DESCRIPTION "Checks Dockerfiles and prints their build graph, for scripts and continuous integration.
 It knows which images have no shell and finds every instruction that needs one there.")
set(CPACK_DEBIAN_GUI_PACKAGE_NAME stagewright)
set(CPACK_DEBIAN_GUI_PACKAGE_RECOMMENDS "stagewright-cli, fonts-inter, fonts-jetbrains-mono")
set(CPACK_COMPONENT_GUI_DESCRIPTION "Shows a Dockerfile as a graph of build stages that can be edited there or as text.
 It knows which images have no shell, finds every instruction that needs one there, and offers fixes.")
include(CPack)
