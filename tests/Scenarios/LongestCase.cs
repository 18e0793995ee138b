using System.IO.Compression;
using System.Text;
using Dunning.Evidence;
using Dunning.Local.Demo;
using Dunning.Tests.Fixtures;
using Xunit.Abstractions;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// The pack of the sample book's longest case is written to the folder of the tests and listed; then one byte of one
/// file is changed, one event removed, one added: each is refused with its name.
/// </summary>
[Trait("Category", "Long")]
public sealed class LongestCase(ITestOutputHelper output) : Scenario
{
    /// <summary>30 days; 60, which is all of the story, with <c>DUNNING_EVIDENCE=full</c>.</summary>
    private static int Days { get; } =
        Environment.GetEnvironmentVariable("DUNNING_EVIDENCE") is { Length: > 0 } ? 60 : 30;

    [Fact]
    public async Task The_pack_of_the_longest_case_is_valid_and_each_change_of_it_is_refused_by_name()
    {
        var ids = await SampleBook.PostAsync(Http, DateOnly.FromDateTime(Start.UtcDateTime), CancellationToken.None);
        await Replay.RunAsync(Host, new SampleStory(Http, ids, Start), Start.AddDays(Days));
        var (longest, events) = await FindLongestAsync(ids.Values);

        var pack = await Http.GetByteArrayAsync($"api/invoices/{longest}/evidence");
        var file = Path.Combine(AppContext.BaseDirectory, "evidence-longest-case.zip");
        await File.WriteAllBytesAsync(file, pack);

        output.WriteLine($"{Days} days, {ids.Count} invoices; {longest} has {events} events: {file}");
        Show(pack);
        Assert.Empty(Check(pack, "as it was made").Problems);
        var path = EventLines.PathOf(longest);
        AssertRefused(
            pack,
            "one byte changed",
            PackProblemCode.FileChanged,
            "payments.json",
            content =>
            {
                content[content.Length / 2] ^= 1;
                return content;
            }
        );
        AssertRefused(pack, "one event removed", PackProblemCode.EventRemoved, path, WithoutThird);
        AssertRefused(pack, "one event added", PackProblemCode.EventAdded, path, WithThirdAgain);
    }

    private async Task<(string Id, int Events)> FindLongestAsync(IEnumerable<string> ids)
    {
        List<(string Id, int Events)> all = [];
        foreach (var id in ids)
            all.Add((id, (await EventsAsync(id)).Count));
        return all.MaxBy(one => one.Events);
    }

    private void Show(byte[] pack)
    {
        using var zip = new ZipArchive(new MemoryStream(pack));
        foreach (var entry in zip.Entries)
            output.WriteLine($"{entry.FullName} ({entry.Length} bytes)");
    }

    private PackCheckResult Check(byte[] pack, string what)
    {
        using var stream = new MemoryStream(pack);
        var result = EvidencePackCheck.Check(stream, expectedKey: null);
        output.WriteLine(
            $"{what}: {(result.IsValid ? "valid" : "refused")}, {result.Files} files, {result.Events} events"
        );
        foreach (var problem in result.Problems)
            output.WriteLine($"  {PackProblemText.Of(problem)}");
        return result;
    }

    private void AssertRefused(byte[] pack, string what, PackProblemCode code, string path, Func<byte[], byte[]> change)
    {
        using var stream = new MemoryStream();
        stream.Write(pack);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = zip.GetEntry(path)!;
            using var content = new MemoryStream();
            using (var read = entry.Open())
                read.CopyTo(content);
            entry.Delete();
            using var written = zip.CreateEntry(path).Open();
            written.Write(change(content.ToArray()));
        }
        var problems = Check(stream.ToArray(), what).Problems;
        Assert.Contains(problems, problem => problem.Code == code && problem.File == path);
    }

    private static byte[] WithoutThird(byte[] lines) => Join([.. LinesOf(lines).Where((_, i) => i != 2)]);

    /// <summary>The third event once more, under a key of its own.</summary>
    private static byte[] WithThirdAgain(byte[] lines)
    {
        var all = LinesOf(lines);
        return Join([.. all, all[2].Replace("\",\"event\"", "1\",\"event\"", StringComparison.Ordinal)]);
    }

    private static string[] LinesOf(byte[] lines) =>
        Encoding.UTF8.GetString(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static byte[] Join(IReadOnlyList<string> lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
}
