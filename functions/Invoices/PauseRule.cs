using Dunning.Http.Validation;

namespace Dunning.Invoices;

/// <summary>
/// Rejects a pause that has no effect or lasts more than three years: the date is probably mistyped, and the sender
/// believes that reminders are paused.
/// </summary>
internal static class PauseRule
{
    private const int MaxYears = 3;

    /// <param name="today">In the customer's zone.</param>
    /// <returns>Null for a pause that can be set.</returns>
    public static FieldProblem? Check(string pointer, DateOnly until, DateOnly today) =>
        until <= today
            ? new(
                pointer,
                "in_the_past",
                $"{until:yyyy-MM-dd} is not after today, {today:yyyy-MM-dd}: send the first day on which reminders may "
                    + "be sent again"
            )
        : until > today.AddYears(MaxYears)
            ? new(
                pointer,
                "too_far",
                $"{until:yyyy-MM-dd} is more than {MaxYears} years after today, {today:yyyy-MM-dd}: send an earlier "
                    + "day, or hold the invoice without one"
            )
        : null;
}
