// dotnet run .ci/third-party-notices.cs -- <package>: writes THIRD-PARTY-NOTICES.txt for what `dotnet publish
// functions` has made. It fails when a package in there has a licence that .ci/licenses does not hold: that folder is
// the list of what is allowed.
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
using System.Text.Json;
using System.Xml.Linq;

// Licences that a package names by an address only; each was read there. Those of packages that name a file of their
// own are by the package's name. Where a package leaves a choice, it is made here.
var known = new Dictionary<string, string>
{
    ["Apache.Arrow"] = "Apache-2.0",
    ["https://github.com/Azure/azure-storage-net/blob/master/LICENSE.txt"] = "Apache-2.0",
    ["https://github.com/dotnet/corefx/blob/master/LICENSE.TXT"] = "MIT",
    ["https://go.microsoft.com/fwlink/?linkid=2028464"] = "MIT", // Azure WebJobs SDK
    ["MS-PL OR Apache-2.0"] = "Apache-2.0", // a choice
    ["https://github.com/twilio/twilio-csharp/blob/HEAD/LICENSE"] = "MIT",
};

if (args is not [var package] || !Directory.Exists(package))
{
    Console.Error.WriteLine(
        "Usage: dotnet run .ci/third-party-notices.cs -- <folder made by dotnet publish functions>"
    );
    return 2;
}

var assets = Json("functions/obj/project.assets.json");
var caches = assets.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
var notices = Directory
    .EnumerateFiles(package, "*.deps.json", SearchOption.AllDirectories)
    .SelectMany(Shipped)
    .Select(Read)
    .Concat(AzureMail())
    .DistinctBy(notice => notice.Name)
    .OrderBy(notice => notice.Name, StringComparer.OrdinalIgnoreCase)
    .ToList();

var refused = notices.Where(notice => !File.Exists(TextOf(notice.Licence))).ToList();
foreach (var notice in refused)
    Console.Error.WriteLine($"{notice.Name}: the licence {notice.Licence} is not among .ci/licenses.");
if (refused.Count > 0)
    return 1;

Console.Out.Write(Write());
return 0;

// The packages of whose assemblies there is one beside the list.
IEnumerable<(string Name, string Version)> Shipped(string deps) =>
    from target in Json(deps).GetProperty("targets").EnumerateObject()
    from library in target.Value.EnumerateObject()
    where
        library.Value.TryGetProperty("runtime", out var files)
        && files
            .EnumerateObject()
            .Any(file => File.Exists(Path.Combine(Path.GetDirectoryName(deps)!, Path.GetFileName(file.Name))))
    let parts = library.Name.Split('/')
    where Nuspec(parts[0], parts[1]) is not null
    select (parts[0], parts[1]);

Notice Read((string Name, string Version) library)
{
    var metadata = XDocument.Load(Nuspec(library.Name, library.Version)!).Root!.Elements().First();
    string? Value(string name) =>
        metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value.Trim();
    var licence = metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "license");
    var stated = licence?.Attribute("type")?.Value switch
    {
        "expression" => licence.Value,
        "file" => library.Name,
        _ => Value("licenseUrl") ?? "",
    };
    return new(library.Name, known.GetValueOrDefault(stated, stated), Value("copyright") ?? Value("authors") ?? "");
}

// Published with the package or with its stand-in, the notices are the same.
IEnumerable<Notice> AzureMail() =>
    from name in (string[])["Azure.Communication.Common", "Azure.Communication.Email"]
    select new Notice(name, "MIT", "© Microsoft Corporation. All rights reserved.");

string? Nuspec(string name, string version) =>
    caches
        .Select(cache => Path.Combine(cache, name.ToLowerInvariant(), version, $"{name.ToLowerInvariant()}.nuspec"))
        .FirstOrDefault(File.Exists);

string Write()
{
    var line = new string('=', 80);
    List<string> text = ["Dunning is published with the packages below, each under its own licence."];
    foreach (
        var licence in notices.GroupBy(notice => notice.Licence).OrderBy(group => group.Key, StringComparer.Ordinal)
    )
    {
        text.AddRange(["", line, licence.Key, line, ""]);
        foreach (var notice in licence)
            text.AddRange([notice.Name, $"    {OneLine(notice.Copyright)}"]);
        text.AddRange(["", File.ReadAllText(TextOf(licence.Key)).ReplaceLineEndings("\n").Trim()]);
    }
    return string.Join('\n', text) + "\n";
}

static string OneLine(string text) =>
    string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

static string TextOf(string licence) => Path.Combine(".ci", "licenses", Path.GetFileName($"{licence}.txt"));

static JsonElement Json(string path) => JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;

internal sealed record Notice(string Name, string Licence, string Copyright);
