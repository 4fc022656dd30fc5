// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QtGlobal>

#include <vector>

QT_BEGIN_NAMESPACE
class QDialog;
class QMenu;
class QWidget;
QT_END_NAMESPACE

namespace stagewright {

class Theme;

/// All keys of the menus, and those of the graph and the text that are in no menu. Deletes itself when closed.
QDialog *showShortcuts(const Theme &theme, const std::vector<QMenu *> &menus, QWidget *parent);
/// Version, licence, and what it is made with. Deletes itself when closed.
QDialog *showAbout(const Theme &theme, QWidget *parent);

} // namespace stagewright
