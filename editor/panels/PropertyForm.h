// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "edit/Edits.h"

#include <QString>
#include <QWidget>

#include <functional>
#include <memory>
#include <vector>

QT_BEGIN_NAMESPACE
class QGridLayout;
class QLabel;
QT_END_NAMESPACE

namespace stagewright {

class Theme;

/// A form that is described anew whenever its subject changes. What has the same keys and kinds as before keeps its
/// widgets (and focus and cursor); only values change.
///
/// A field answers the transaction that its value would make; the form shows the error below the field, or emits
/// what is to be applied.
class PropertyForm : public QWidget
{
    Q_OBJECT
public:
    using Commit = std::function<edit::Result(const QString &value)>;

    explicit PropertyForm(const Theme &theme, QWidget *parent = nullptr);
    ~PropertyForm() override;

    struct Choice
    {
        QString text;
        QString value;
    };
    struct Field
    {
        enum class Kind : std::uint8_t { Line, Block, Combo, EditableCombo, Check, Section, Note, Button, Fact };
        Kind kind = Kind::Line;
        QString key; ///< Unique in the form.
        QString label;
        QString value;       ///< Check: "1" or "".
        QString placeholder; ///< Check: the flag, shown behind the label.
        bool readOnly = false;
        std::vector<Choice> choices;
        Commit commit;
        std::function<edit::Result()> remove; ///< Shows an x behind a line.
    };

    void begin();
    void add(Field field);
    /// Shows what was added since begin().
    void end();

    /// The editor of a field, for focus and tests; null if there is none.
    [[nodiscard]] QWidget *editor(const QString &key) const;
    /// What is said below a field.
    [[nodiscard]] QString errorOf(const QString &key) const;

Q_SIGNALS:
    void apply(const stagewright::EditTransaction &transaction);
    /// What the value that is being typed would do; an empty transaction: nothing, or an error.
    void preview(const stagewright::EditTransaction &transaction);

private:
    struct Row;
    [[nodiscard]] bool fits() const;
    void rebuild();
    void build(Row &row, int line);
    QWidget *makeEditor(Row &row);
    void setValue(Row &row);
    void tryCommit(const QString &key, const QString &value, bool now);
    void take(const QString &key, const edit::Result &result, bool now);
    [[nodiscard]] Row *find(const QString &key) const;

    const Theme &m_theme;
    std::vector<Field> m_next;
    std::vector<std::unique_ptr<Row>> m_rows;
    QWidget *m_body = nullptr;
    QGridLayout *m_grid = nullptr;
    bool m_updating = false;
};

} // namespace stagewright
