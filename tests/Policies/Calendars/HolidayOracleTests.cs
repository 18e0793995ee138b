using System.Text.Json;
using Dunning.Policies.Calendars;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Policies.Calendars;

/// <summary>
/// Every day of 2026 to 2028 against lists of holidays that were compiled from other sources
/// (<c>shared/fixtures/holidays</c>), each with its kind.
/// </summary>
public sealed class HolidayOracleTests
{
    private static readonly Calendar _calendar = new();

    /// <summary>Days that we judge otherwise than the list, each with the reason.</summary>
    private static readonly HashSet<string> _explained =
    [
        // Not in the list, yet Holidays Act 1951 s. 3 gives the next working day for a holiday on the day of rest: Awal
        // Muharram on Sunday 6 June 2027, the King's birthday on the 7th.
        "MY 2027-06-08 false",
        "MY-01 2027-06-08 false",
        "MY-14 2027-06-08 false",
        // Hari Raya on Sunday 22 March 2026, the Sultan's birthday on the 23rd; python-holidays has it, too.
        "MY-01 2026-03-24 false",
        // The same in Kedah, where the day of rest is the Friday.
        "MY-02 2028-01-30 false",
        "MY-02 2028-05-07 false",
    ];

    [FixtureTheory]
    [MemberData(nameof(Files))]
    public void Every_day_is_judged_as_other_sources_judge_it(string file)
    {
        List<string> differences = [];
        foreach (var year in JsonElement.Parse(SharedFixtures.Text($"holidays/{file}.json")).EnumerateArray())
            differences.AddRange(Differences(file, year));

        Assert.Empty(differences.Except(_explained));
    }

    [FixtureFact]
    public void What_is_explained_is_still_so() =>
        Assert.Equal(
            _explained.Order(),
            Directory
                .GetFiles(Path.Combine(SharedFixtures.Root!, "holidays"), "*.json")
                .SelectMany(path =>
                    JsonElement
                        .Parse(File.ReadAllText(path))
                        .EnumerateArray()
                        .SelectMany(year => Differences(Path.GetFileNameWithoutExtension(path), year))
                )
                .Order()
        );

    public static TheoryData<string> Files() =>
        SharedFixtures.Root is { } root
            ?
            [
                .. Directory
                    .GetFiles(Path.Combine(root, "holidays"), "*.json")
                    .Select(path => Path.GetFileNameWithoutExtension(path))
                    .Order(),
            ]
            : ["none"];

    private static IEnumerable<string> Differences(string region, JsonElement year)
    {
        var kinds = year.GetProperty("days")
            .EnumerateArray()
            .ToDictionary(
                day => TestData.Day(day.GetProperty("date").GetString()!),
                day => day.GetProperty("kind").GetString()!
            );
        var first = new DateOnly(year.GetProperty("year").GetInt32(), 1, 1);
        for (var day = first; day.Year == first.Year; day = day.AddDays(1))
            if (Difference(region, day, kinds.GetValueOrDefault(day)) is { } difference)
                yield return $"{region} {day:yyyy-MM-dd} {difference}";
    }

    private static string? Difference(string region, DateOnly day, string? kind) =>
        kind switch
        {
            "public" => _calendar.IsBusinessDay(day, region) ? "missed" : null,
            "provisional" => !_calendar.IsHoliday(day, region) ? "missed"
            : _calendar.IsProvisional(day, region) ? null
            : "not marked as provisional",
            // No public holiday, but offices are closed or close early: it may be either.
            "bank" => null,
            "half" => _calendar.IsHoliday(day, region) ? "no whole day" : null,
            _ => _calendar.IsHoliday(day, region) && !IsWeekend(day, region) ? "false" : null,
        };

    private static bool IsWeekend(DateOnly day, string region) =>
        region is "IL" or "MY-02"
            ? day.DayOfWeek is DayOfWeek.Friday or DayOfWeek.Saturday
            : day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
