using System.Text;
using Dunning.Http;
using Dunning.Payments.BankFiles;
using Dunning.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Dunning.Tests.Payments;

/// <summary>Statements as banks write them, in the shape of the standards' own examples.</summary>
public sealed class BankFileTests
{
    private const string Camt053 = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
          <BkToCstmrStmt><Stmt>
            <Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>
            <Ntry>
              <Amt Ccy="EUR">119.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
              <BookgDt><Dt>2026-03-05</Dt></BookgDt><ValDt><Dt>2026-03-04</Dt></ValDt>
              <AcctSvcrRef>A1</AcctSvcrRef>
              <NtryDtls><TxDtls>
                <Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
                <RltdPties><Dbtr><Pty><Nm>Amberley GmbH</Nm></Pty></Dbtr></RltdPties>
                <RmtInf><Ustrd>Rechnung RE-2026-0042</Ustrd><Ustrd>vom 1.2.</Ustrd></RmtInf>
              </TxDtls></NtryDtls>
            </Ntry>
            <Ntry>
              <Amt Ccy="EUR">30.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
              <ValDt><DtTm>2026-03-05T10:00:00+01:00</DtTm></ValDt>
              <AcctSvcrRef>A2</AcctSvcrRef>
              <NtryDtls>
                <TxDtls><Amt Ccy="EUR">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
                  <RmtInf><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>
                <TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">20.00</Amt></TxAmt></AmtDtls><CdtDbtInd>CRDT</CdtDbtInd>
                  <RltdPties><Dbtr><Nm>Old style</Nm></Dbtr></RltdPties></TxDtls>
              </NtryDtls>
            </Ntry>
            <Ntry>
              <Amt Ccy="EUR">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
              <ValDt><Dt>2026-03-05</Dt></ValDt>
            </Ntry>
            <Ntry>
              <Amt Ccy="EUR">7.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts>
              <ValDt><Dt>2026-03-05</Dt></ValDt>
            </Ntry>
            <Ntry>
              <Amt Ccy="EUR">8.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
            </Ntry>
          </Stmt></BkToCstmrStmt>
        </Document>
        """;

    private const string Mt940 = """
        :20:STARTUMS
        :25:37040044/0532013000
        :28C:00001/001
        :60F:C260303EUR1000,00
        :61:2603040304C119,00NTRFNONREF//4711
        :86:166?00GUTSCHRIFT?109075?20RE-2026-00?2142 vom 1.2.?32Amberley?33 GmbH
        :61:2603050305D5,00NMSCNONREF
        :86:Fee
        :61:2603050305RD8,50NTRFNONREF
        :86:/NAME/Beech BV/REMI/Factuur 77-12/EREF/E1
        :61:26030503X1,00NTRF
        :62F:C260305EUR1122,50
        -
        """;

    [Fact]
    public void A_camt_statement_gives_its_booked_movements_each_transaction_of_a_batch_for_itself()
    {
        var file = Read(Camt053);

        Assert.Equal("camt.053.001.08", file.Format);
        Assert.Equal(
            [
                (1, "2026-03-04", 11900, "Amberley GmbH", null, "Rechnung RE-2026-0042 vom 1.2."),
                (2, "2026-03-05", 1000, null, "RF18539007547034", ""),
                (3, "2026-03-05", 2000, "Old style", null, ""),
                (4, "2026-03-05", -500, null, (string?)null, ""),
            ],
            file.Lines.Select(line =>
                (line.Number, $"{line.Date:yyyy-MM-dd}", (int)line.Amount.Minor, line.Payer, line.Reference, line.Text)
            )
        );
        Assert.Equal([5], file.Unreadable.Select(line => line.Number));
    }

    [Fact]
    public void What_arrived_is_booked_and_not_what_was_instructed()
    {
        var instructed = Camt053.Replace(
            "<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>",
            "<Refs><AcctSvcrRef>D1</AcctSvcrRef></Refs>"
                + "<AmtDtls><InstdAmt><Amt Ccy=\"USD\">150.00</Amt></InstdAmt></AmtDtls>",
            StringComparison.Ordinal
        );

        Assert.Equal(Read(Camt053).Lines[0].Amount, Read(instructed).Lines[0].Amount);
        Assert.Equal(Read(Camt053).Lines[0].Id, Read(instructed).Lines[0].Id);
    }

    [Fact]
    public void Parts_that_do_not_add_up_to_what_was_booked_are_one_movement()
    {
        var file = Read(Camt053.Replace("\"EUR\">20.00<", "\"EUR\">21.00<", StringComparison.Ordinal));

        Assert.Equal([11900, 3000, -500], file.Lines.Select(line => (int)line.Amount.Minor));
    }

    [Theory]
    [InlineData("A1")]
    [InlineData("NONREF")]
    public void An_id_that_a_bank_gives_to_several_movements_tells_them_apart_all_the_same(string id)
    {
        var file = Csv(
            $"Date,Amount,Id\n2026-03-05,1.00,{id}\n2026-03-05,1.00,{id}\n2026-03-05,2.00,{id}",
            ("id", "Id")
        );

        Assert.Equal(3, file.Lines.Select(line => line.Id).Distinct().Count());
    }

    [Fact]
    public void What_follows_a_tag_of_sepa_is_a_word_of_its_own()
    {
        var file = Read(
            Mt940.Replace(
                "?20RE-2026-00?2142 vom 1.2.",
                "?20EREF+NOTPROVIDED?21SVWZ+RE-2026-0042",
                StringComparison.Ordinal
            )
        );

        Assert.Contains("RE-2026-0042", BankText.NumbersIn(file.Lines[0].Text));
    }

    [Fact]
    public void A_notification_of_the_same_movement_has_the_same_id()
    {
        var notification = Camt053
            .Replace("camt.053.001.08", "camt.054.001.08", StringComparison.Ordinal)
            .Replace("BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn", StringComparison.Ordinal)
            .Replace("Stmt>", "Ntfctn>", StringComparison.Ordinal);

        Assert.Equal(
            Read(Camt053).Lines.Take(3).Select(line => line.Id),
            Read(notification).Lines.Take(3).Select(l => l.Id)
        );
    }

    [Fact]
    public void An_mt940_statement_is_read_with_the_details_of_german_and_dutch_banks()
    {
        var file = Read(Mt940);

        Assert.Equal(
            [
                ("2026-03-04", 11900, "Amberley GmbH", "RE-2026-0042 vom 1.2."),
                ("2026-03-05", -500, null, "Fee"),
                ("2026-03-05", 850, "Beech BV", "Factuur 77-12"),
            ],
            file.Lines.Select(line => ($"{line.Date:yyyy-MM-dd}", (int)line.Amount.Minor, line.Payer, line.Text))
        );
        Assert.Equal([4], file.Unreadable.Select(line => line.Number));
    }

    [Theory]
    [InlineData("1.234,50", ',', 123450)]
    [InlineData("1,234.50", '.', 123450)]
    [InlineData("-12,5", ',', -1250)]
    [InlineData("1 234,50", ',', 123450)]
    [InlineData("1234.5", ',', null)]
    [InlineData("1,23", '.', null)]
    [InlineData("12.34.567,00", ',', null)]
    [InlineData("1,2,3", ',', null)]
    public void The_decimals_of_a_csv_file_are_as_they_were_said_to_be_or_the_line_is_refused(
        string text,
        char sign,
        int? minor
    )
    {
        var file = Csv($"Date;Amount\n05.03.2026;{text}", ("decimal", sign.ToString()), ("dateFormat", "dd.MM.yyyy"));

        Assert.Equal(minor, file.Lines.Count == 0 ? null : (int?)file.Lines[0].Amount.Minor);
        Assert.Equal(minor is null ? 1 : 0, file.Unreadable.Count);
    }

    [Fact]
    public void The_dates_of_a_csv_file_are_as_they_were_said_to_be()
    {
        Assert.Equal(
            TestData.Day("2026-04-03"),
            Csv("Date,Amount\n03/04/2026,1.00", ("dateFormat", "dd/MM/yyyy")).Lines.Single().Date
        );
        Assert.Equal(
            TestData.Day("2026-03-04"),
            Csv("Date,Amount\n03/04/2026,1.00", ("dateFormat", "MM/dd/yyyy")).Lines.Single().Date
        );
        Assert.Contains(
            "MM/dd/yyyy",
            Csv("Date,Amount\n31/04/2026,1.00", ("dateFormat", "MM/dd/yyyy")).Unreadable.Single().Problem,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_of_windows_is_read_with_its_letters()
    {
        var bytes = CodePagesEncodingProvider
            .Instance.GetEncoding(1252)!
            .GetBytes("Date;Amount;Name\n2026-03-05;1,00;Müller \"Söhne\"");

        var file = new BankFileInput(bytes, Columns(("decimal", ","), ("payer", "Name")), IsDryRun: true).Read();

        Assert.Equal("Müller \"Söhne\"", file.Lines.Single().Payer);
    }

    [Fact]
    public void Two_movements_alike_are_two_and_the_same_in_a_file_that_overlaps()
    {
        var first = Csv("Date,Amount\n2026-03-05,1.00\n2026-03-05,1.00");
        var second = Csv("Date,Amount\n2026-03-05,1.00\n2026-03-05,1.00\n2026-03-06,1.00");

        Assert.Equal(2, first.Lines.Select(line => line.Id).Distinct().Count());
        Assert.Equal(first.Lines.Select(line => line.Id), second.Lines.Take(2).Select(line => line.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("<Document xmlns='urn:x'/>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")]
    [InlineData("<a>")]
    public void What_is_no_statement_is_refused(string text) =>
        Assert.Throws<UnreadableDocumentException>(() => Read(text));

    [Fact]
    public void A_column_that_the_file_has_not_is_named_with_those_that_it_has()
    {
        var problem = Assert.Throws<UnreadableDocumentException>(() => Csv("Day,Sum\n2026-03-05,1.00"));

        Assert.Contains("no column 'Date' and none 'Amount'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("'Day', 'Sum'", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dateFormat", "d/M/y", "#/dateFormat")]
    [InlineData("decimal", ";", "#/decimal")]
    [InlineData("currencyCode", "", "#/currency")]
    [InlineData("amount", "", "#/amount")]
    [InlineData("date", "", "#/date")]
    public void The_columns_of_a_csv_file_must_be_named(string name, string value, string pointer)
    {
        var (columns, error) = BankColumns.Read(Query((name, value)));

        Assert.Null(columns);
        Assert.Contains($"\"{pointer}\"", error!.Body!, StringComparison.Ordinal);
    }

    private static BankFile Read(string text) => new BankFileInput(Encoding.UTF8.GetBytes(text), null, false).Read();

    private static BankFile Csv(string text, params (string, string)[] columns) =>
        new BankFileInput(Encoding.UTF8.GetBytes(text), Columns(columns), false).Read();

    private static BankColumns Columns(params (string, string)[] others) => BankColumns.Read(Query(others)).Columns!;

    private static QueryCollection Query(params (string Name, string Value)[] others)
    {
        var query = new Dictionary<string, StringValues>
        {
            ["date"] = "Date",
            ["dateFormat"] = "yyyy-MM-dd",
            ["amount"] = "Amount",
            ["decimal"] = ".",
            ["currencyCode"] = "EUR",
        };
        foreach (var (name, value) in others)
            query[name] = value;
        return new QueryCollection(query);
    }
}
