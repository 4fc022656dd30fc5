// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QTreeView>

namespace stagewright {

class Theme;

/// The files of an image as a tree: what a layer did to a file is said by icon and word.
class ImageFilesView : public QTreeView
{
    Q_OBJECT
public:
    explicit ImageFilesView(const Theme &theme, QWidget *parent = nullptr);
    /// Column widths, once a model is set.
    void setUpColumns();

private:
    class Delegate;
    void applyTheme();
    const Theme &m_theme;
};

} // namespace stagewright
