# frozen_string_literal: true

# Stands in for Homebrew: reads a formula, downloads and verifies what it names, and does what it
# says, in the order and with the rules of Homebrew. It knows what this one formula may use;
# whatever else is an error.
#
#     ruby homebrew.rb read|install|test|uninstall FORMULA PREFIX OS ARCH [FROM TO]
#
# OS is `linux` or `macos`, ARCH `x86_64` or `arm64`. What is downloaded from below FROM is
# downloaded from below TO instead.

require "digest"
require "fileutils"
require "json"
require "net/http"
require "open3"
require "pathname"
require "tmpdir"

COMMAND, FORMULA, PREFIX, SYSTEM, ARCHITECTURE, FROM, TO = ARGV

# An error as whoever calls `brew` has it.
def fail_as_brew(text)
  abort("Error: #{text}")
end

module OS
  def self.mac? = SYSTEM == "macos"
  def self.linux? = SYSTEM == "linux"
end

module Utils
  def self.safe_popen_read(*command)
    out, status = Open3.capture2(*command.map(&:to_s))
    fail_as_brew("#{command.join(" ")} failed") unless status.success?
    out
  end
end

# Of Homebrew's own, as those of Ruby do the rest.
class Pathname
  # Moves files there.
  def install(*sources)
    sources.flatten.each do |source|
      fail_as_brew("#{source} is not there") unless File.exist?(source)
      mkpath
      FileUtils.mv(source, self / File.basename(source))
    end
  end
end

class Formula
  FIELDS = %i[desc homepage version license url sha256].freeze

  class << self
    attr_reader :tested

    FIELDS.each do |name|
      define_method(name) do |*given|
        fields[name] = given.first unless given.empty?
        fields[name]
      end
    end

    def fields = @fields ||= {}
    def requirements = @requirements ||= []
    def depends_on(requirement) = requirements << requirement
    def on_macos = OS.mac? && yield
    def on_linux = OS.linux? && yield
    def on_intel = ARCHITECTURE == "x86_64" && yield
    def on_arm = ARCHITECTURE == "arm64" && yield
    def test(&block) = @tested = block

    def inherited(formula)
      super
      (@read ||= []) << formula
    end

    attr_reader :read
  end

  attr_accessor :testpath

  def prefix = Pathname(PREFIX) / "Cellar" / name / version
  def name = self.class.name.downcase
  def version = self.class.version
  def buildpath = Pathname.pwd
  def bin = prefix / "bin"
  def man1 = prefix / "share/man/man1"
  def man5 = prefix / "share/man/man5"
  def bash_completion = prefix / "etc/bash_completion.d"
  def zsh_completion = prefix / "share/zsh/site-functions"
  def fish_completion = prefix / "share/fish/vendor_completions.d"

  def system(command, *arguments)
    words = [command, *arguments].map(&:to_s)
    fail_as_brew("#{words.join(" ")} failed") unless Kernel.system(*words, out: :err)
  end

  def generate_completions_from_executable(program, *words)
    { bash: bash_completion / name, zsh: zsh_completion / "_#{name}",
      fish: fish_completion / "#{name}.fish" }.each do |shell, path|
      path.dirname.mkpath
      path.write(Utils.safe_popen_read(program, *words, shell))
    end
  end

  def shell_output(command, code = 0)
    out, status = Open3.capture2(command)
    fail_as_brew("#{command} ended with #{status.exitstatus}") unless status.exitstatus == code
    out
  end

  # A text, not a regular expression.
  def assert_match(pattern, text)
    fail_as_brew("#{pattern.inspect} is not in #{text.inspect}") unless text.include?(pattern)
  end

  def assert_path_exists(path)
    fail_as_brew("#{path} is not there") unless path.exist?
  end
end

# The formula's class, as it is for this system and machine.
def formula
  load(FORMULA)
  fail_as_brew("#{FORMULA} has not one formula") unless Formula.read&.size == 1
  found = Formula.read.first
  expected = File.basename(FORMULA, ".rb").capitalize
  fail_as_brew("#{FORMULA} is of #{found.name}") unless found.name == expected
  fail_as_brew("formulae need a description and a homepage") unless found.desc && found.homepage
  fail_as_brew("formula requires at least a URL") unless found.url
  fail_as_brew("formula requires a checksum") unless found.sha256&.match?(/\A[0-9a-f]{64}\z/)
  found
end

def require_machine(found)
  found.requirements.each do |requirement|
    wanted = requirement.fetch(:arch, nil) if requirement.is_a?(Hash)
    next if wanted.nil? || wanted.to_s == ARCHITECTURE

    fail_as_brew("the #{wanted} architecture is required for this software")
  end
end

def download(found, folder)
  fail_as_brew("#{found.url} is not below #{FROM}") unless found.url.start_with?("#{FROM}/")
  answer = Net::HTTP.get_response(URI(found.url.sub(FROM, TO)))
  fail_as_brew("download of #{found.url} failed: #{answer.code}") unless answer.code == "200"
  checksum = Digest::SHA256.hexdigest(answer.body)
  unless checksum == found.sha256
    fail_as_brew("SHA-256 mismatch\nExpected: #{found.sha256}\n  Actual: #{checksum}")
  end
  file = folder / File.basename(found.url)
  file.binwrite(answer.body)
  file
end

# Into the one folder that archives have.
def unpack(file, folder)
  Kernel.system("tar", "-xf", file.to_s, "-C", folder.to_s) || fail_as_brew("#{file} is no archive")
  children = folder.children
  fail_as_brew("#{file} has not one folder") unless children.size == 1 && children.first.directory?
  children.first
end

# A home of its own for whatever the formula runs.
def within(folder, home)
  before = ENV["HOME"]
  ENV["HOME"] = home.to_s
  Dir.chdir(folder) { yield }
ensure
  ENV["HOME"] = before
end

def install(found)
  require_machine(found)
  Dir.mktmpdir do |name|
    work = Pathname(name)
    %w[download build home].each { |part| (work / part).mkpath }
    source = unpack(download(found, work / "download"), work / "build")
    made = found.new
    fail_as_brew("#{made.prefix} is there already") if made.prefix.exist?
    within(source, work / "home") { made.install }
    # What says whose a program is comes with it.
    source.children.each do |file|
      made.prefix.install(file) if file.basename.to_s.match?(/\A(README|LICEN[CS]E|NOTICE)/)
    end
    settle(made)
  end
end

# Nothing in a keg is written any more, and all of it is linked from the prefix.
def settle(made)
  fail_as_brew("empty installation") unless made.prefix.directory?
  made.prefix.glob("**/*", File::FNM_DOTMATCH).select(&:file?).each do |file|
    file.chmod(file.executable? ? 0o555 : 0o444)
    below = file.relative_path_from(made.prefix)
    next unless %w[bin etc share].include?(below.each_filename.first)

    link = Pathname(PREFIX) / below
    link.dirname.mkpath
    fail_as_brew("#{link} is there already") if link.exist? || link.symlink?
    link.make_symlink(file.relative_path_from(link.dirname))
  end
end

def uninstall(found)
  made = found.new
  fail_as_brew("no such keg: #{made.prefix}") unless made.prefix.exist?
  prefix = Pathname(PREFIX)
  prefix.glob("{bin,etc,share}/**/*", File::FNM_DOTMATCH).select(&:symlink?).each do |link|
    target = (link.dirname / link.readlink).cleanpath
    link.delete if target.to_s.start_with?("#{made.prefix}/")
  end
  made.prefix.rmtree
  # Folders that are empty now.
  prefix.glob("**/").sort.reverse.each { |folder| folder.rmdir if folder.empty? && folder != prefix }
end

def test(found)
  Dir.mktmpdir do |name|
    made = found.new
    made.testpath = Pathname(name)
    within(made.testpath, made.testpath) { made.instance_exec(&found.tested) }
  end
end

read = formula
case COMMAND
when "read" then puts JSON.generate(read.fields.merge(requirements: read.requirements))
when "install" then install(read)
when "test" then test(read)
when "uninstall" then uninstall(read)
else fail_as_brew("unknown command: #{COMMAND}")
end
